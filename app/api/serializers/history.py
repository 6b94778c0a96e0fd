"""Entries of the history: the first onlineocr's keys in its order, then ours."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from app.models import Job
from app.services.history import entries
from app.services.history.letters import written_letters

from .fields import MOMENT, ErrorMessageField, RoundedField, page_summary


class EntryUrlField(serializers.HyperlinkedIdentityField):
    def get_url(self, obj: Job, view_name: str, request: Any, format: str | None) -> str:
        return entry_url(self.context, obj)


class HistorySerializer(serializers.ModelSerializer[Job]):
    """One line of the list. Texts are cut: the entry itself has them whole."""

    image = serializers.SerializerMethodField(help_text="The original file; needs the same login.")
    file_name = serializers.CharField(source="upload.name", read_only=True)
    letters = serializers.SerializerMethodField(
        help_text="Single letters as the old service wrote them: the Python list as a string."
    )
    count = serializers.IntegerField(source="letter_count", read_only=True)
    created_by = serializers.IntegerField(source="owner_id", read_only=True)
    url = EntryUrlField("history-detail")
    media_type = serializers.CharField(source="upload.media_type", read_only=True)
    size = serializers.IntegerField(source="upload.size", read_only=True)
    confidence = RoundedField(4, help_text="0 to 1.")
    seconds = RoundedField(3, help_text="Time the recognition took.")
    excerpt = serializers.SerializerMethodField(help_text="The first 200 characters.")

    class Meta:
        model = Job
        fields = [
            "id",
            "image",
            "file_name",
            "letters",
            "count",
            "created_at",
            "updated_at",
            "created_by",
            "url",
            "title",
            "excerpt",
            "status",
            "engine",
            "engine_used",
            "language",
            "language_used",
            "confidence",
            "words",
            "lines",
            "pages_total",
            "seconds",
            "error_code",
            "media_type",
            "size",
            "starred",
            "tags",
        ]
        read_only_fields = fields

    def get_image(self, job: Job) -> str:
        return f"{entry_url(self.context, job)}image/"

    def get_letters(self, job: Job) -> str:
        return written_letters(self.loaded_text(job))

    def get_excerpt(self, job: Job) -> str:
        return " ".join(self.loaded_text(job)[:400].split())[:200]

    def loaded_text(self, job: Job) -> str:
        return job.text_head  # annotated by JobQuerySet.for_list()


class HistoryLineSerializer(HistorySerializer):
    """The same representation, written without fields, which took a fifth of the time of a list."""

    def to_representation(self, job: Job) -> dict[str, Any]:
        upload, url = job.upload, entry_url(self.context, job)
        return {
            "id": str(job.pk),
            "image": f"{url}image/",
            "file_name": upload.name,
            "letters": self.get_letters(job),
            "count": job.letter_count,
            "created_at": MOMENT.to_representation(job.created_at),
            "updated_at": MOMENT.to_representation(job.updated_at),
            "created_by": job.owner_id,
            "url": url,
            "title": job.title,
            "excerpt": self.get_excerpt(job),
            "status": job.status,
            "engine": job.engine,
            "engine_used": job.engine_used,
            "language": job.language,
            "language_used": job.language_used,
            "confidence": _rounded(job.confidence, 4),
            "words": job.words,
            "lines": job.lines,
            "pages_total": job.pages_total,
            "seconds": _rounded(job.seconds, 3),
            "error_code": job.error_code,
            "media_type": upload.media_type,
            "size": upload.size,
            "starred": job.starred,
            "tags": job.tags,
        }


class EntrySerializer(HistorySerializer):
    """One whole entry; title, correction, star, tags and notes can be changed."""

    text = serializers.CharField(read_only=True)
    content = serializers.CharField(source="final_text", read_only=True)
    corrected_text = serializers.CharField(
        allow_null=True,
        allow_blank=True,
        required=False,
        trim_whitespace=False,
        max_length=5_000_000,
        help_text="Your correction, stored beside the recognized text; null removes it.",
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=50), max_length=50, required=False
    )
    error_message = ErrorMessageField()
    options = serializers.JSONField(source="options_without_password", read_only=True)
    notes = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    pages = serializers.SerializerMethodField(
        help_text="With `?boxes=true` each page has its blocks, lines and words."
    )

    class Meta(HistorySerializer.Meta):
        fields = [
            *HistorySerializer.Meta.fields,
            "error_message",
            "options",
            "started_at",
            "finished_at",
            "text",
            "content",
            "corrected_text",
            "notes",
            "pages",
        ]
        read_only_fields = [name for name in fields if name not in entries.EDITABLE]

    def loaded_text(self, job: Job) -> str:
        return job.text

    def get_pages(self, job: Job) -> list[dict[str, Any]]:
        boxes = self.context.get("boxes", False)
        return [page_summary(page, boxes=boxes) for page in entries.pages(job=job)]

    def update(self, job: Job, validated_data: dict[str, Any]) -> Job:
        author = self.context["request"].user
        return entries.update(job=job, author=author, **validated_data)


def entry_url(context: dict[str, Any], job: Job) -> str:
    """The address below the list's, which is resolved once for all entries of an answer."""
    if "history_url" not in context:
        context["history_url"] = reverse("history-list", request=context["request"])
    return f"{context['history_url']}{job.pk}/"


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)
