"""The first onlineocr's shapes, exactly, where COMPAT_ONLINEOCR is on. docs/compat/onlineocr.md"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.reverse import reverse

from app.models import Job
from app.services.history import image_links
from app.services.history.letters import letters, written_letters

OLD_ADDRESS = re.compile(
    r"/api/(?:ocr|history|register|token_obtain_pair|token_refresh)(?:\.json)?/?"
)
NAIVE = "%Y-%m-%dT%H:%M:%S.%f"  # in the site's TIME_ZONE, without an offset


def old_answer(job: Job) -> dict[str, list[str]]:
    """The answer of `POST /api/ocr/`."""
    return {"content": letters(job.text)}


def wants_old_errors(request: HttpRequest | None) -> bool:
    """Whether the request was not sent by our own pages, and its address existed on the old
    site."""
    if request is None or not settings.COMPAT_ONLINEOCR or "Prefer" in request.headers:
        return False
    return bool(OLD_ADDRESS.fullmatch(request.path))


def old_error(body: Any) -> Any:
    """The old error: fields or `detail`, never both; only errors of tokens had a code."""
    if not isinstance(body, dict) or body.get("code") == "token_not_valid":
        return body
    fields = {name: value for name, value in body.items() if name not in ("detail", "code")}
    return fields or {name: value for name, value in body.items() if name != "code"}


class OldHistorySerializer(serializers.ModelSerializer[Job]):
    id = serializers.SerializerMethodField()
    image = serializers.SerializerMethodField()
    file_name = serializers.CharField(source="upload.name", read_only=True)
    letters = serializers.SerializerMethodField()
    count = serializers.IntegerField(source="letter_count", read_only=True)
    created_at = serializers.DateTimeField(format=NAIVE)
    updated_at = serializers.DateTimeField(format=NAIVE)
    created_by = serializers.IntegerField(source="owner_id", read_only=True)

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
        ]
        read_only_fields = fields

    def get_id(self, job: Job) -> int:
        """The id's time stamp in 1/4096 of a millisecond, which fits into JavaScript's numbers."""
        return ((job.pk.int >> 80) << 12) | (job.pk.int >> 64 & 0xFFF)

    def get_image(self, job: Job) -> str:
        names = [image_links.token(job=job), job.upload.name or "image"]
        url: str = reverse("old-image", names, request=self.context["request"])
        return url

    def get_letters(self, job: Job) -> str:
        return written_letters(job.text_head)  # annotated by JobQuerySet.for_list()
