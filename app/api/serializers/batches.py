"""Batches: the request, and the answer with the state of every file."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from app.http.error_messages import failure_in_language
from app.models import Batch, BatchItem, Status
from app.services import jobs

from .fields import ImageOrBase64Field
from .jobs import job_url
from .ocr import OptionsSerializer
from .submission import SubmissionSerializer

IMAGES_HELP = "Repeat this part for each file; a ZIP archive counts as the files in it."
IDS_HELP = "Your own id for each file, in the same order; echoed back."


class BatchFileSerializer(serializers.Serializer):
    """One file of a JSON body."""

    image = ImageOrBase64Field(help_text="Base64 or a data URI.")
    id = serializers.CharField(required=False, allow_blank=True, max_length=200)
    name = serializers.CharField(required=False, allow_blank=True, max_length=255)


class NewBatchSerializer(SubmissionSerializer, OptionsSerializer):
    """Options for all files; the files are form parts `images`, or objects in JSON."""

    name = serializers.CharField(required=False, max_length=200, help_text="Of the whole batch.")
    images = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True),
        allow_empty=False,
        help_text=IMAGES_HELP,
    )
    ids = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=200),
        required=False,
        help_text=IDS_HELP,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "ids" in attrs and len(attrs["ids"]) != len(attrs["images"]):
            raise serializers.ValidationError({"ids": ["Give as many ids as images."]})
        return super().validate(attrs)

    def get_fields(self) -> dict[str, serializers.Field]:
        """A batch is never waited for."""
        fields = super().get_fields()
        del fields["async"]
        return fields


class JsonBatchSerializer(NewBatchSerializer):
    images = BatchFileSerializer(many=True, allow_empty=False)  # type: ignore[assignment]
    ids = None  # type: ignore[assignment]  each file has its own


class BatchFormSerializer(NewBatchSerializer):
    """For the documentation: Swagger 2 can show a single file only."""

    images = serializers.FileField(help_text=IMAGES_HELP)  # type: ignore[assignment]
    ids = serializers.CharField(required=False, help_text=IDS_HELP)  # type: ignore[assignment]


class ItemSerializer(serializers.ModelSerializer[BatchItem]):
    """One file: its job, or why it was rejected."""

    id = serializers.CharField(source="reference", help_text="As you sent it.")
    status = serializers.SerializerMethodField(
        help_text="Of its job; `rejected` if it never became one, `deleted` if that is gone."
    )
    url = serializers.SerializerMethodField(help_text="Its job; null if there is none.")
    pages_done = serializers.IntegerField(source="job.pages_done", default=0)
    pages_total = serializers.IntegerField(source="job.pages_total", default=None)
    error_code = serializers.SerializerMethodField()
    error_message = serializers.SerializerMethodField()

    class Meta:
        model = BatchItem
        fields = [
            "number",
            "id",
            "file_name",
            "status",
            "job",
            "url",
            "pages_done",
            "pages_total",
            "error_code",
            "error_message",
        ]
        read_only_fields = fields

    def get_status(self, item: BatchItem) -> str:
        if item.job:
            return item.job.status
        return "rejected" if item.error_code else "deleted"

    def get_url(self, item: BatchItem) -> str | None:
        return job_url("job-detail", item.job, self.context["request"]) if item.job else None

    def get_error_code(self, item: BatchItem) -> str:
        return item.job.error_code if item.job else item.error_code

    def get_error_message(self, item: BatchItem) -> str:
        return failure_in_language(item.job or item)


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """A batch with its counts; needs BatchQuerySet.with_counts()."""

    url = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField(
        help_text="`queued` until the first file starts, `running`, and `done` when all ended."
    )
    counts = serializers.SerializerMethodField(
        help_text="How many files: `total`, each status of a job, and `rejected`."
    )
    progress = serializers.SerializerMethodField(help_text="Ended part of the files, 0 to 1.")
    pages_done = serializers.IntegerField()
    pages_total = serializers.IntegerField(help_text="Of the files that were opened so far.")

    class Meta:
        model = Batch
        fields = [
            "id",
            "url",
            "name",
            "status",
            "counts",
            "progress",
            "pages_done",
            "pages_total",
            "created_at",
        ]
        read_only_fields = fields

    def get_url(self, batch: Batch) -> str:
        url: str = reverse("batch-detail", [batch.pk], request=self.context["request"])
        return f"{url}?visitor={batch.visitor}" if batch.visitor else url

    def get_counts(self, batch: Any) -> dict[str, int]:
        counts = {status.value: getattr(batch, f"count_{status}") for status in Status}
        return {"total": batch.count_total, **counts, "rejected": batch.count_rejected}

    def get_status(self, batch: Any) -> str:
        if batch.ended:
            return "done"
        untouched = batch.count_queued + batch.count_rejected == batch.count_total
        return "queued" if untouched else "running"

    def get_progress(self, batch: Batch) -> float:
        return round(batch.count_ended / batch.count_total, 3) if batch.count_total else 1.0


class BatchDetailSerializer(BatchSerializer):
    items = ItemSerializer(many=True)
    queue_position = serializers.SerializerMethodField(
        help_text="Of its next file: 1 for the one that starts next; null if none waits."
    )
    estimated_seconds = serializers.SerializerMethodField(
        help_text="About how long it takes until all files are read; null where that is not known."
    )

    class Meta(BatchSerializer.Meta):
        fields = [*BatchSerializer.Meta.fields, "queue_position", "estimated_seconds", "items"]
        read_only_fields = fields

    def to_representation(self, batch: Batch) -> dict[str, Any]:
        self.place = jobs.batch_place(batch)
        return super().to_representation(batch)

    def get_queue_position(self, batch: Batch) -> int | None:
        return self.place.position

    def get_estimated_seconds(self, batch: Batch) -> int | None:
        return self.place.seconds
