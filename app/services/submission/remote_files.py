"""Downloads of files by URL, through the guarded outbound requests."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile

from app.ocr.errors import OcrError
from app.services import outbound

SECONDS = 20
REDIRECTS = 3


def fetch(*, url: str, max_bytes: int) -> ContentFile[bytes]:
    """The file at the URL, with its name.

    Raises OcrError: bad_url for addresses that must not be requested, unreachable_url,
    file_too_large.
    """
    answer = outbound.request("GET", url, max_bytes=max_bytes, seconds=SECONDS, redirects=REDIRECTS)
    if answer.status != 200:
        message = f"The URL answered with status {answer.status} instead of a file."
        raise OcrError("unreachable_url", message, permanent=False)
    return ContentFile(answer.body, name=unquote(PurePosixPath(urlsplit(answer.url).path).name))
