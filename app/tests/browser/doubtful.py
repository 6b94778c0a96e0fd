"""A document in which some words are doubtful, with the picture of its first page."""

from __future__ import annotations

from dataclasses import replace

from app.models import Job
from app.ocr import result
from app.services.submission import uploads
from app.tests.drawing import draw_at
from app.tests.factories import (
    draw_pictures,
    encoded,
    image_file,
    make_job,
    make_page,
    make_user,
    set_pages,
)

TEXT = "The siver vesseis ianded\nin the northem bay"
DOUBTS = {"siver": 0.3, "vesseis": 0.7, "northem": 0.5}


def doubtful_page(text: str = TEXT, number: int = 1) -> result.Page:
    """A page on which the words of DOUBTS are uncertain."""
    page = make_page(text, number=number)
    block = page.blocks[0]
    lines = tuple(
        replace(
            line,
            words=tuple(
                replace(word, confidence=DOUBTS.get(word.text, 0.99)) for word in line.words
            ),
        )
        for line in block.lines
    )
    return replace(page, blocks=(replace(block, lines=lines),))


def doubtful_job() -> Job:
    """Two pages; only the first has doubtful words and a picture."""
    owner = make_user("ada")
    places = [(word.bbox.left, word.bbox.top, word.text) for word in doubtful_page().words]
    scan = encoded(draw_at((1000, 1400), *places, height=22))
    upload = uploads.store(
        content=image_file(content=scan), name="log.png", owner=owner, max_bytes=10**7
    )
    job = make_job(owner, upload=upload)
    set_pages(job, doubtful_page())
    draw_pictures(job)
    set_pages(job, doubtful_page(), make_page("Good bye", number=2))
    return job
