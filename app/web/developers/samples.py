"""Samples of the developers' pages: complete programs, one file for each task and language.

app/tests/stack/test_samples.py runs them exactly as they are shown. Their placeholders are SITE and
KEY.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLDER = Path(settings.BASE_DIR, "templates", "developers", "samples")
SITE = "https://ocr.example.org"
KEY = "oo_YOUR_KEY"
LANGUAGES = {"sh": "curl", "py": "Python", "mjs": "JavaScript"}


@dataclass(frozen=True, slots=True)
class Task:
    """name: of its files. title, about: shown on the page."""

    name: str
    title: Promise
    about: Promise


TASKS = (
    Task(
        "text",
        _("Text of a picture or PDF"),
        _("A file part is enough. What takes longer than the site waits is answered with 202."),
    ),
    Task("pdf", _("Searchable PDF"), _("The same pages, with their text in them.")),
    Task("table", _("Tables"), _("As Excel file, or as cells with row, column and text.")),
    Task(
        "batch",
        _("Many files"),
        _("One request, one progress, one ZIP with all results. A ZIP may be sent, too."),
    ),
    Task(
        "webhook",
        _("Webhook"),
        _(
            "The site calls your server when the result is there. These programs receive the call "
            "and check its signature; the secret is on the page of your webhooks."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One program. language: as people name it."""

    task: str
    ending: str
    code: str

    @property
    def language(self) -> str:
        return LANGUAGES[self.ending]


def samples_of(task: Task, *, site: str) -> Iterator[Sample]:
    """The programs of a task, for the site at that address (without a slash at its end)."""
    for ending in LANGUAGES:
        yield Sample(task.name, ending, _source(task.name, ending).replace(SITE, site))


@cache
def _source(task: str, ending: str) -> str:
    return (FOLDER / f"{task}.{ending}").read_text().strip()
