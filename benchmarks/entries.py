"""Histories to measure with: finished jobs of about 1,500 characters, without any recognition."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

WORDS = [f"word{number}" for number in range(2000)]
CHUNK = 2000


def fill(owner: Any, size: int, *, characters: int = 1500) -> None:
    """`size` entries of the owner, each with an upload; one in five hundred has a rare word."""
    from app.models import Job, SearchText, Upload

    chance = random.Random(size)
    for start in range(0, size, CHUNK):
        numbers = range(start, min(start + CHUNK, size))
        rows = list(entries(owner, numbers, chance, characters))
        Upload.objects.bulk_create(job.upload for job in rows)
        Job.objects.bulk_create(rows)
        SearchText.objects.bulk_create(SearchText(job=job, text=job.text) for job in rows)


def entries(owner: Any, numbers: range, chance: random.Random, characters: int) -> Iterator[Any]:
    from app.models import Job, Status, Upload

    for number in numbers:
        text = " ".join(chance.choices(WORDS, k=characters // 8)) + " common 发票"
        text += " zanzibar" if number % 500 == 0 else ""
        upload = Upload(
            owner=owner,
            name=f"{chance.choice(WORDS)}.png",
            media_type="image/png",
            size=1,
            sha256="0" * 64,
        )
        yield Job(
            upload=upload,
            owner=owner,
            engine="auto",
            engine_used=chance.choice(["tesseract", "paddleocr"]),
            language_used="eng",
            status=Status.DONE,
            confidence=chance.random(),
            words=len(text.split()),
            text=text,
            previewed=True,
        )
