"""Jobs: their state, progress and addresses."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from app.http.error_messages import failure_in_language
from app.models import Job
from app.services import jobs

from .fields import MOMENT, ErrorMessageField
from .ocr import OptionsSerializer
from .submission import SubmissionSerializer


class AgainSerializer(SubmissionSerializer, OptionsSerializer):
    """Options for another recognition of a file that is in the history."""

    def facts(self) -> list[Any]:
        """The parts by which requests about one entry differ, for the Idempotency-Key."""
        return [self.options().to_json(), self.validated_data.get("callback_url")]


class JobSerializer(serializers.ModelSerializer[Job]):
    """One job, as lists show it."""

    url = serializers.SerializerMethodField(
        help_text="Address of the job; `?wait=20` waits for its end."
    )
    file_name = serializers.CharField(source="upload.name", read_only=True)
    progress = serializers.SerializerMethodField(help_text="Finished part of the pages, 0 to 1.")
    result = serializers.SerializerMethodField(
        help_text="Address of the text; null until the job is done."
    )
    error_code = serializers.CharField(read_only=True, help_text="Empty unless it failed.")
    error_message = ErrorMessageField(help_text="In the language of `Accept-Language`.")

    class Meta:
        model = Job
        fields = [
            "id",
            "url",
            "status",
            "file_name",
            "engine",
            "language",
            "priority",
            "progress",
            "pages_done",
            "pages_total",
            "attempt",
            "cached",
            "created_at",
            "started_at",
            "finished_at",
            "seconds",
            "error_code",
            "error_message",
            "result",
        ]
        read_only_fields = fields

    def to_representation(self, job: Job) -> dict[str, Any]:
        """Written without the fields, whose creation took a sixth of the time of a poll."""
        return {
            "id": str(job.pk),
            "url": self.get_url(job),
            "status": job.status,
            "file_name": job.upload.name,
            "engine": job.engine,
            "language": job.language,
            "priority": job.priority,
            "progress": self.get_progress(job),
            "pages_done": job.pages_done,
            "pages_total": job.pages_total,
            "attempt": job.attempt,
            "cached": job.cached,
            "created_at": MOMENT.to_representation(job.created_at),
            "started_at": MOMENT.to_representation(job.started_at),
            "finished_at": MOMENT.to_representation(job.finished_at),
            "seconds": job.seconds,
            "error_code": job.error_code,
            "error_message": failure_in_language(job),
            "result": self.get_result(job),
        }

    def get_url(self, job: Job) -> str:
        return job_url("job-detail", job, self.context["request"])

    def get_progress(self, job: Job) -> float:
        if job.status == "done":
            return 1.0
        return round(job.pages_done / job.pages_total, 3) if job.pages_total else 0.0

    def get_result(self, job: Job) -> str | None:
        return job_url("job-result", job, self.context["request"]) if job.status == "done" else None


class JobDetailSerializer(JobSerializer):
    queue_position = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="1 for the job that starts next; null once it runs.",
    )
    estimated_seconds = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text="About how long it takes until the end; null where that is not known.",
    )

    class Meta(JobSerializer.Meta):
        fields = [*JobSerializer.Meta.fields, "queue_position", "estimated_seconds"]
        read_only_fields = fields

    def to_representation(self, job: Job) -> dict[str, Any]:
        place = jobs.place(job)
        return {
            **super().to_representation(job),
            "queue_position": place.position,
            "estimated_seconds": place.seconds,
        }


def job_url(name: str, job: Any, request: Any) -> str:
    """The job's address, including the secret of a visitor, who could not open it otherwise."""
    url: str = reverse(name, [job.pk], request=request)
    return f"{url}?visitor={job.visitor}" if job.visitor else url
