"""Field types that several serializers share."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.base import ContentFile, File
from rest_framework import serializers
from rest_framework.fields import empty

from app.exports.json import page_data
from app.http.bodies.base64 import decode_base64
from app.http.error_messages import failure_in_language
from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import parse_languages
from app.ocr.result import Page

MOMENT = serializers.DateTimeField()  # writes moments for representations without fields


class ErrorMessageField(serializers.CharField):
    """The reason why a job failed, in the language of the reader. Its source is the job."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: Job) -> str:
        return failure_in_language(value)


class ImageOrBase64Field(serializers.FileField):
    """A file part, or its bytes as base64 or as a data URI. Returns a Django File."""

    default_error_messages = {
        "required": "No file was submitted.",
        "null": "No file was submitted.",
        "invalid": "The submitted data was not a file. Check the encoding type on the form.",
        "base64": "This is neither a file nor base64. Send the file as multipart/form-data, or its "
        "bytes as base64 or as a data:…;base64, URI.",
    }

    def to_internal_value(self, data: Any) -> File:
        if isinstance(data, File):
            return data
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return ContentFile(decode_base64(data), name="")
        except ValueError:
            self.fail("base64")

    def to_representation(self, value: Any) -> Any:
        return value


class LanguagesField(serializers.Field):
    """`eng+deu`, `en,de` or `["eng", "deu"]` -> ("eng", "deu"); empty: the site's default."""

    default_error_messages = {"invalid": "Give language codes such as eng or eng+deu."}

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        text = "+".join(map(str, data)) if isinstance(data, list) else data
        if not isinstance(text, str):
            self.fail("invalid")
        try:
            return parse_languages(text)
        except OcrError as error:
            raise serializers.ValidationError(error.message, error.code) from error

    def to_representation(self, value: tuple[str, ...]) -> str:
        return "+".join(value)


class BoxField(serializers.Field):
    """`"x,y,width,height"` or `[x, y, width, height]` in pixels of the upright page."""

    default_error_messages = {"invalid": "Give four whole numbers: x,y,width,height in pixels."}

    def to_internal_value(self, data: Any) -> tuple[int, int, int, int]:
        parts = data.split(",") if isinstance(data, str) else data
        try:
            left, top, width, height = (int(part) for part in parts)
        except (TypeError, ValueError):
            self.fail("invalid")
        if min(left, top) < 0 or min(width, height) < 1 or max(left, top, width, height) > 10**6:
            self.fail("invalid")
        return left, top, width, height

    def to_representation(self, value: tuple[int, int, int, int]) -> list[int]:
        return list(value)


class BoxListField(BoxField):
    """Boxes as `"x,y,w,h;x,y,w,h"` or a list of boxes; at most a hundred."""

    def to_internal_value(self, data: Any) -> Any:
        boxes = [part for part in data.split(";") if part] if isinstance(data, str) else data
        if not isinstance(boxes, list) or len(boxes) > 100:
            self.fail("invalid")
        return tuple(super(BoxListField, self).to_internal_value(box) for box in boxes)

    def to_representation(self, value: Any) -> Any:
        return [list(box) for box in value]


class WordsField(serializers.Field):
    """Extra dictionary words: a list, or a text with one word per line or comma."""

    default_error_messages = {"invalid": "Give words as a list or separated by commas."}

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        words = re.split(r"[,\n]", data) if isinstance(data, str) else data
        if not isinstance(words, list) or len(words) > 1000:
            self.fail("invalid")
        if not all(isinstance(word, str) and len(word) <= 100 for word in words):
            self.fail("invalid")
        return tuple(word.strip() for word in words if word.strip())

    def to_representation(self, value: tuple[str, ...]) -> list[str]:
        return list(value)


def page_summary(page: Page, *, boxes: bool) -> dict[str, Any]:
    """The page object of the JSON export, and the reason for the choice of its engine.

    Without boxes a page is its size, text and confidence: small even for long documents.
    """
    return {**page_data(page, boxes=boxes), "reason": page.reason}


class OptionalBooleanField(serializers.BooleanField):
    """A switch that a form may leave out, which BooleanField would read as `false`."""

    default_empty_html = empty


class RoundedField(serializers.FloatField):
    """A measured number, rounded because further digits would be noise."""

    def __init__(self, digits: int, **options: Any) -> None:
        super().__init__(read_only=True, **options)
        self.digits = digits

    def to_representation(self, value: float) -> float:
        return round(value, self.digits)
