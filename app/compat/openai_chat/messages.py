"""Pictures in the messages of a chat, and the prompts that matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from rest_framework.request import Request

from app.compat.shared.sources import base64_bytes, data_or_url
from app.ocr.errors import OcrError

MOST_PICTURES = 10
NO_IMAGE = OcrError(
    "no_image",
    "The last message of the user has no picture. This site only recognizes text in pictures: "
    "send one as image_url.",
)
# olmOCR's prompt has all of these; its pipeline expects them as YAML before the text.
FRONT_MATTER = ("primary_language", "is_rotation_valid", "rotation_correction", "is_table")


def user_parts(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The content of the user's last message. Raises OcrError."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise OcrError("bad_option", "messages must be a list of messages.")
    for message in reversed(messages):
        if isinstance(message, Mapping) and message.get("role") == "user":
            content = message.get("content")
            parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
            return [part for part in parts if isinstance(part, Mapping)]
    raise NO_IMAGE


def pictures(request: Request, parts: list[Mapping[str, Any]]) -> list[ContentFile[bytes]]:
    """Raises OcrError, also if there are no pictures."""
    found = [part for part in parts if part.get("type") in ("image_url", "file")]
    if not found:
        raise NO_IMAGE
    if len(found) > MOST_PICTURES:
        raise OcrError("bad_option", f"Send at most {MOST_PICTURES} pictures in one message.")
    return [picture(request, part) for part in found]


def picture(request: Request, part: Mapping[str, Any]) -> ContentFile[bytes]:
    """From `image_url`, a string or object with `url`, or from a `file`. Raises OcrError."""
    value = part.get(str(part["type"]))
    if part["type"] == "file":
        file = value if isinstance(value, Mapping) else {}
        if not file.get("file_data"):
            raise OcrError("bad_option", "A file needs file_data; files are not stored here.")
        content = base64_bytes(file.get("file_data"))
        return ContentFile(content, name=str(file.get("filename") or ""))
    url = value.get("url") if isinstance(value, Mapping) else value
    if not isinstance(url, str) or not url:
        raise OcrError("bad_option", "image_url needs a url.")
    return data_or_url(request, url)


def wants_front_matter(parts: list[Mapping[str, Any]]) -> bool:
    prompt = " ".join(texts(parts))
    return all(name in prompt for name in FRONT_MATTER)


def texts(parts: list[Mapping[str, Any]]) -> Iterator[str]:
    return (text for part in parts if isinstance(text := part.get("text"), str))
