"""Template tags of entries in lists: what each of many rows shows, computed for their templates.

Templates and format_html take several times as long (docs/benchmarks.md), so each part is escaped
here by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import quote

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from app.models import Job, Status

from .site import confidence_level, error_sentence, icon, marked, percent

register = template.Library()

RECENT_MINUTES = 60  # of which seconds are told


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row of the history. address: of the entry's page; href: the same with the search's words.

    excerpt: the error of a failed job, else text with the words marked. choose, act: what the box
    and the button at the end are for. facts: badge, numbers, language, time and tags.
    """

    id: str
    ended: bool
    starred: bool
    address: str
    href: str
    name: str
    choose: str
    act: str
    picture: SafeString
    excerpt: SafeString | str
    facts: SafeString


@register.filter
def entry_rows(jobs: Iterable[Job], words: str) -> Iterator[EntryRow]:
    """jobs: with the `snippet` of app.web.snippets. words: those of a search."""
    query = f"?find={quote(words)}" if words else ""
    history = reverse("history")  # once: the addresses of the entries are below it
    return (_row(job, f"{history}{job.pk}/", words, query) for job in jobs)


@register.simple_tag
def first_page(job: Job | None) -> SafeString:
    """A picture of the first page; an icon before it can be drawn, or of a deleted entry."""
    return _picture(job, reverse("entry", args=[job.pk]) if job else "")


@register.simple_tag
def status_badge(job: Job) -> SafeString:
    """The confidence of a finished job, else its state in a word."""
    kind, title, text = "", "", ""
    if job.status == Status.DONE:
        if job.confidence is None or not job.words:
            return SafeString("")  # nothing to be sure of
        kind, text = f" badge-{confidence_level(job.confidence)}", percent(job.confidence)
        title = _("How sure the reading is")
    elif job.status == Status.FAILED:
        kind, text = " badge-bad", _("Failed")
    elif job.status == Status.RUNNING:
        kind, text = " badge-warn", _("Reading")
    else:
        text = _("Cancelled") if job.status == Status.CANCELLED else _("Waiting")
    more = f' title="{escape(title)}"' if title else ""
    return SafeString(f'<span class="badge{kind}"{more}>{escape(text)}</span>')


def _row(job: Job, address: str, words: str, query: str) -> EntryRow:
    title = {"name": job.title or job.upload.name}
    failed = job.status == Status.FAILED
    return EntryRow(
        id=str(job.pk),
        ended=job.ended,
        starred=job.starred,
        address=address,
        href=address + query,
        name=job.title or job.upload.name or job.upload.media_type,
        choose=_("Choose %(name)s") % title,
        act=(_("Delete %(name)s") if job.ended else _("Cancel %(name)s")) % title,
        picture=_picture(job, address),
        excerpt=error_sentence(job) if failed else marked(job.snippet, words),
        facts=SafeString("\n".join(_facts(job))),
    )


def _facts(job: Job) -> Iterator[str]:
    yield status_badge(job)
    if job.words:
        yield _fact(ngettext("%(n)s word", "%(n)s words", job.words) % {"n": job.words})
    if job.pages_total and job.pages_total > 1:
        pages = {"n": job.pages_total}
        yield _fact(ngettext("%(n)s page", "%(n)s pages", job.pages_total) % pages)
    if job.language_used:
        yield _fact(job.language_used)
    yield _time(job)
    for tag in job.tags:
        yield f'<span class="badge" dir="auto">#{escape(tag)}</span>'


def _fact(text: str) -> str:
    return f"<span>{escape(text)}</span>"


def _time(job: Job) -> str:
    moment, minute = localtime(job.created_at), int(time.time() / 60)
    if minute - moment.timestamp() / 60 < RECENT_MINUTES:
        return _written(moment)
    return _remembered(moment, get_language(), minute)


@lru_cache(maxsize=5000)
def _remembered(moment: datetime, language: str | None, minute: int) -> str:
    """Writing it is half the time of a row, and the same entries are listed again and again."""
    return _written(moment)


def _written(moment: datetime) -> str:
    exact = escape(date_format(moment, "DATETIME_FORMAT"))
    ago = escape(naturaltime(moment))
    return f'<time datetime="{moment.isoformat(timespec="seconds")}" title="{exact}">{ago}</time>'


def _picture(job: Job | None, address: str) -> SafeString:
    if not job or not (job.status == Status.DONE or job.pages_done):
        return SafeString(f'<div class="entry-thumb">{icon("file")}</div>')
    size = 'width="64" height="64" loading="lazy"'
    picture = f'<img src="{address}thumbnail/" alt="" {size}>'
    return SafeString(f'<div class="entry-thumb">{picture}</div>')
