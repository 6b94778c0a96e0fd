"""Plain functions that make test data; every argument has a sensible default."""

from __future__ import annotations

import io
import itertools
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from app.models import Job, Page, Status, Upload
from app.models.job import upload_copies
from app.ocr import result
from app.ocr.options import Options
from app.ocr.tree import page_to_tree
from app.recognition.recognizer import Recognizer
from app.services.engine_settings import engine_config
from app.services.history import search
from app.services.history.letters import letters
from app.services.submission import uploads
from app.worker.previews import make_previews

PASSWORD = "correct horse battery"
numbers = itertools.count(1)


def make_user(name: str = "", **fields: Any) -> User:
    return User.objects.create_user(name or f"user{next(numbers)}", password=PASSWORD, **fields)


@cache
def text_png(text: str = "Hello world 2026", *, size: int = 40) -> bytes:
    """Black text on white, as a screenshot would have it."""
    font = ImageFont.load_default(size)
    lines = text.split("\n")
    width = int(max(font.getlength(line) for line in lines)) + 2 * size
    image = Image.new("RGB", (width, int(len(lines) * size * 1.6) + size), "white")
    ImageDraw.Draw(image).multiline_text((size, size // 2), text, "black", font, spacing=size // 3)
    return encoded(image)


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def image_file(name: str = "hello.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text_png() if content is None else content, "image/png")


def make_upload(owner: User | None = None, *, name: str = "hello.png", visitor: str = "") -> Upload:
    return uploads.store(
        content=image_file(name), name=name, owner=owner, visitor=visitor, max_bytes=10**7
    )


def make_job(
    owner: User | None = None, *, text: str = "Hello world", name: str = "hello.png", **fields: Any
) -> Job:
    """A finished job with one page, without running an engine."""
    visitor = fields.get("visitor", "")
    upload = fields.pop("upload", None) or make_upload(owner, name=name, visitor=visitor)
    values = {
        **upload_copies(upload),
        "engine": "tesseract",
        "engine_used": "tesseract",
        "language_used": "eng",
        "status": Status.DONE,
        "confidence": 0.9,
        "letter_count": len(letters(text)),
        "words": len(text.split()),
        "lines": len(text.splitlines()),
        "pages_total": 1,
        "pages_done": 1,
    }
    job = Job(upload=upload, owner=owner, text=text, **{**values, **fields})
    job.save()
    search.index(job=job)
    set_pages(job, make_page(text))
    return job


def set_pages(job: Job, *pages: result.Page) -> None:
    """Replaces the job's pages with these."""
    Page.objects.filter(job=job).delete()
    for page in pages:
        Page.objects.create(
            job=job,
            number=page.number,
            width=page.width,
            height=page.height,
            text=page.text,
            confidence=page.confidence,
            tree=page_to_tree(page),
        )
    if len(pages) > 1:
        Job.objects.filter(pk=job.pk).update(
            pages_total=len(pages), pages_done=len(pages), text=result.document_text(pages)
        )


def make_page(text: str = "Hello world", *, number: int = 1) -> result.Page:
    """One block; words of 100 x 30 px in a grid of 110 x 40 px."""
    lines = []
    for row, line in enumerate(text.splitlines()):
        words = [
            result.Word(word, result.Bbox(110 * i, 40 * row, 110 * i + 100, 40 * row + 30), 0.9)
            for i, word in enumerate(line.split())
        ]
        lines.append(result.Line(tuple(words)))
    blocks = (result.Block(tuple(lines)),)
    return result.Page(number, 1000, 1400, blocks, engine="tesseract", languages=("eng",))


def draw_pictures(job: Job) -> None:
    """The pictures that a worker draws during recognition or when idle."""
    make_previews(job, Options(), Recognizer(engine_config()))
