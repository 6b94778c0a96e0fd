"""Request and answer of POST /api/ocr/."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from app.models import Job
from app.ocr.errors import OcrError
from app.ocr.options import PDF_TEXT_MODES, Options
from app.services.history import entries
from app.services.history.letters import letters
from app.services.submission import uploads

from .fields import (
    BoxField,
    BoxListField,
    ImageOrBase64Field,
    LanguagesField,
    OptionalBooleanField,
    RoundedField,
    WordsField,
    page_summary,
)
from .submission import SubmissionSerializer


class OptionsSerializer(serializers.Serializer):
    """All options of one recognition; each may be left out."""

    language = LanguagesField(
        required=False,
        source="languages",
        help_text="Tesseract codes, `eng` or `eng+deu`, or tags such as `en`; `auto` detects "
        "the language. GET /api/languages/ lists the installed ones.",
    )
    engine = serializers.CharField(
        required=False, max_length=40, help_text="A name from GET /api/engines/; default `auto`."
    )
    psm = serializers.IntegerField(
        required=False, help_text="Tesseract's page segmentation mode, 0-13."
    )
    oem = serializers.IntegerField(required=False, help_text="Tesseract's engine mode, 0-3.")
    dpi = serializers.IntegerField(
        required=False, help_text="Resolution, if the file does not state it."
    )
    whitelist = serializers.CharField(
        required=False, max_length=500, help_text="Only these characters; not every engine can."
    )
    user_words = WordsField(required=False, help_text="Extra dictionary words (Tesseract).")
    pages = serializers.CharField(
        required=False, max_length=200, help_text="Pages of a document, such as `1-3,7`."
    )
    password = serializers.CharField(
        required=False, max_length=200, help_text="Of an encrypted PDF; erased when the job ends."
    )
    region = BoxField(required=False, help_text="Read only this box: `x,y,width,height`.")
    ignore = BoxListField(required=False, help_text="Boxes to leave out: `x,y,w,h;x,y,w,h`.")
    pdf_text = serializers.ChoiceField(
        PDF_TEXT_MODES,
        required=False,
        help_text="Text in a PDF page: use it where it is sound, never, or only it.",
    )
    rotate = serializers.ChoiceField(
        (0, 90, 180, 270), required=False, help_text="Degrees clockwise; default: detected."
    )
    prepare = OptionalBooleanField(
        required=False, help_text="Straighten and clean the page first; default true."
    )
    barcodes = OptionalBooleanField(required=False, help_text="Read barcodes and QR codes too.")

    OPTION_NAMES = (
        "engine languages psm oem dpi whitelist user_words pages password region ignore pdf_text "
        "rotate prepare barcodes"
    ).split()

    def options(self) -> Options:
        """Raises OcrError(bad_option)."""
        values: dict[str, Any] = self.validated_data
        return Options(**{name: values[name] for name in self.OPTION_NAMES if name in values})

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Checks each option by itself, so that an error has its name."""
        for name in attrs.keys() & set(self.OPTION_NAMES):
            try:
                Options(**{name: attrs[name]})
            except OcrError as error:
                raise serializers.ValidationError({name: [error.message]}, error.code) from error
        return attrs


class RecognizeSerializer(SubmissionSerializer, OptionsSerializer):
    image = ImageOrBase64Field(
        help_text="The image or PDF: a file part, or base64, or a data URI. In place of a form the "
        "body itself may be the file, with its image/* or application/pdf content type."
    )
    name = serializers.CharField(
        required=False, max_length=255, allow_blank=True, help_text="File name for the history."
    )

    def file_name(self) -> str:
        return self.validated_data.get("name") or self.validated_data["image"].name or ""

    def facts(self) -> list[Any]:
        """The parts by which requests differ, for the Idempotency-Key."""
        values = self.validated_data
        digest = uploads.sha256_of(values["image"])
        return [self.options().to_json(), digest, values.get("callback_url")]


class RecognitionSerializer(serializers.Serializer):
    """A finished recognition."""

    id = serializers.UUIDField()
    content = serializers.CharField(source="final_text", help_text="The extracted text.")
    text = serializers.CharField(source="final_text", help_text="The same.")
    letters = serializers.SerializerMethodField(help_text="Its single ASCII letters.")
    count = serializers.IntegerField(source="letter_count", help_text="How many letters.")
    words = serializers.IntegerField()
    lines = serializers.IntegerField()
    language = serializers.CharField(source="language_used")
    engine = serializers.CharField(source="engine_used", help_text="Which engine read it.")
    confidence = RoundedField(4, help_text="0 to 1.")
    pages = serializers.SerializerMethodField(
        help_text="Size, text and confidence of each; `?boxes=true` adds blocks, lines and words."
    )
    file_name = serializers.CharField(source="upload.name")
    seconds = RoundedField(3, help_text="Time the recognition took.")
    cached = serializers.BooleanField(help_text="Copied from your earlier job on the same file.")
    url = serializers.SerializerMethodField(help_text="The entry in the history.")

    def to_representation(self, job: Job) -> dict[str, Any]:
        """Written without the fields, whose creation takes half the time of the answer."""
        return {
            "id": str(job.pk),
            "content": job.final_text,
            "text": job.final_text,
            "letters": self.get_letters(job),
            "count": job.letter_count,
            "words": job.words,
            "lines": job.lines,
            "language": job.language_used,
            "engine": job.engine_used,
            "confidence": _rounded(job.confidence, 4),
            "pages": self.get_pages(job),
            "file_name": job.upload.name,
            "seconds": _rounded(job.seconds, 3),
            "cached": job.cached,
            "url": self.get_url(job),
        }

    def get_letters(self, job: Job) -> list[str]:
        return letters(job.text)

    def get_pages(self, job: Job) -> list[dict[str, Any]]:
        boxes = self.context.get("boxes", False)
        return [page_summary(page, boxes=boxes) for page in entries.pages(job=job)]

    def get_url(self, job: Job) -> str:
        url: str = reverse("history-detail", [job.pk], request=self.context["request"])
        return url


def _rounded(value: float | None, digits: int) -> float | None:
    """None stays None: the column may be empty."""
    return None if value is None else round(value, digits)
