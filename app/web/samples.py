"""Samples on the front page: pictures that a click uploads and recognizes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture in static/samples/, drawn by benchmarks/samples.py. title: on its button."""

    file_name: str
    title: str | Promise

    @property
    def static_path(self) -> str:
        return f"samples/{self.file_name}"

    @property
    def thumbnail(self) -> str:
        return f"samples/{Path(self.file_name).stem}-small.webp"


SAMPLES = {
    "receipt": Sample("receipt.png", _("Receipt")),
    "table": Sample("table.png", _("Table")),
    "chinese": Sample("chinese.png", _("Chinese poem")),
}
PHOTO = Sample("photo.webp", _("Photo of a letter"))
BY_NAME = {**SAMPLES, "photo": PHOTO}


def sample_file(name: str) -> ContentFile[bytes]:
    """The picture as a file to recognize. name: a key of BY_NAME."""
    sample = BY_NAME[name]
    path = Path(settings.BASE_DIR, "static", sample.static_path)
    return ContentFile(path.read_bytes(), name=sample.file_name)
