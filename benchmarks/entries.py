"""Histories for measurements: finished jobs of about 1,500 characters, never recognized."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

CHUNK = 2000
WEEKS = 50
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "in")]
# As in a natural language, common words are many times as frequent as others.
WORDS = [
    "".join(random.Random(number).choices(SYLLABLES, k=1 + number % 4)) for number in range(20_000)
]
WEIGHTS = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(WORDS))))
# Words to search for, and the share of the entries that contain each.
MARKERS = {"zanzibar": 0.002, "xq": 0.002, "发票": 0.01, "hotel": 0.01, "yearly": 0.1, "hjk": 1}


def fill(sizes: dict[Any, int], characters: dict[Any, int]) -> None:
    """Creates entries for each owner, evenly over WEEKS.

    sizes: number of entries by owner. characters: length of their texts by owner.
    """
    chance = random.Random(1)
    for week in range(WEEKS):
        for owner, size in sizes.items():
            number = size * (week + 1) // WEEKS - size * week // WEEKS
            store([entry(owner, chance, characters[owner]) for _ in range(number)], week)


def store(jobs: list[Any], week: int) -> None:
    from app.models import Job, SearchText, Upload
    from app.models.search import searchable

    moments = (FIRST + timedelta(weeks=week, seconds=number) for number in itertools.count())
    with patch("django.utils.timezone.now", lambda: next(moments)):
        Upload.objects.bulk_create((job.upload for job in jobs), CHUNK)
        Job.objects.bulk_create(jobs, CHUNK)
    texts = [f"{job.file_name}\n{job.text}" for job in jobs]
    SearchText.objects.bulk_create(
        (
            SearchText(job=job, scope=job.owner_id, text=searchable(text))
            for job, text in zip(jobs, texts, strict=True)
        ),
        CHUNK,
    )


def text_of(chance: random.Random, characters: int) -> str:
    words = chance.choices(WORDS, cum_weights=WEIGHTS, k=characters // 6)
    marked = [word for word, share in MARKERS.items() if chance.random() < share]
    return " ".join([*words, *marked])


def entry(owner: Any, chance: random.Random, characters: int) -> Any:
    from app.models import Job, Status, Upload
    from app.models.job import upload_copies

    name = f"{chance.choice(WORDS)} {chance.randrange(10_000)}.png"
    size = chance.randrange(10_000, 5_000_000)
    upload = Upload(owner=owner, name=name, media_type="image/png", size=size, sha256="0" * 64)
    text = text_of(chance, characters)
    return Job(
        upload=upload,
        owner=owner,
        **upload_copies(upload),
        title=name.title() if chance.random() < 0.1 else "",
        engine="auto",
        engine_used=chance.choice(["tesseract", "paddleocr"]),
        language_used=chance.choice(["eng", "eng", "eng", "deu", "eng+deu", "chi_sim"]),
        status=Status.FAILED if chance.random() < 0.02 else Status.DONE,
        starred=chance.random() < 0.01,
        tags=["tax"] if chance.random() < 0.01 else [],
        confidence=chance.random() ** 0.25,
        letter_count=len(text),
        words=len(text.split()),
        lines=len(text) // 60,
        pages_total=chance.choice([1, 1, 1, 2, 10]),
        seconds=chance.random() * 3,
        text=text,
        previewed=True,
    )


def add_page(owner: Any) -> None:
    """Adds a page with the entry's text to the owner's newest finished entry."""
    from app.models import Job, Page, Status
    from app.ocr.tree import page_to_tree

    job = Job.objects.filter(owner=owner, status=Status.DONE).latest("pk")
    page = page_of(job.text)
    size = {"width": page.width, "height": page.height}
    tree = page_to_tree(page)
    Page.objects.create(job=job, number=1, text=page.text, confidence=0.9, tree=tree, **size)


def page_of(text: str) -> Any:
    """A page of paragraphs of six lines of nine words; every tenth is a word to check."""
    from app.ocr.result import Bbox, Block, Line, Page, Word

    words = [
        Word(word, Bbox(200 + 230 * (n % 9), top, 400 + 230 * (n % 9), top + 45), sure)
        for n, word in enumerate(text.split())
        for top, sure in [(300 + 60 * (n // 9), 0.95 if n % 10 else 0.7)]
    ]
    lines = [Line(tuple(words[n : n + 9])) for n in range(0, len(words), 9)]
    blocks = tuple(Block(tuple(lines[n : n + 6])) for n in range(0, len(lines), 6))
    return Page(1, 2480, 3508, blocks, engine="paddleocr", languages=("eng",))


def queue(owner: Any) -> None:
    """Submits a job, which waits."""
    from app.models import Upload
    from app.ocr.options import Options
    from app.services.jobs.submit import submit

    upload = Upload.objects.create(owner=owner, name="a.png", media_type="image/png", size=9)
    submit(upload=upload, options=Options())


@contextmanager
def bulk_loading() -> Iterator[None]:
    """Fills a big table in minutes by building its indexes at the end, as a restore does."""
    from django.db import connection

    from app.models import Job

    with connection.schema_editor(atomic=False) as editor:
        for index in Job._meta.indexes:
            editor.remove_index(Job, index)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -500000")  # until the connection is closed
    yield
    with connection.schema_editor(atomic=False) as editor:
        for index in Job._meta.indexes:
            editor.add_index(Job, index)
    connection.close()
