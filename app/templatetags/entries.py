"""Template tags of entries in lists: what each of many rows shows, computed for their templates.

Django's templates take ten times as long for it (docs/benchmarks.md).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from app.models import Job, Status

from .site import confidence_level, error_sentence, icon, marked, percent

register = template.Library()

RECENT_MINUTES = 60  # of which seconds are told
PICTURE = '<img src="{}thumbnail/" alt="" width="64" height="64" loading="lazy">'


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row of the history. address: of the entry's page; href: the same with the search's words.

    excerpt: the error of a failed job, else text with the words marked. choose, act: what the box
    and the button at the end are for. facts: numbers and languages in words.
    """

    job: Job
    address: str
    href: str
    name: str
    choose: str
    act: str
    picture: SafeString
    excerpt: SafeString | str
    badge: SafeString
    facts: list[str]
    time: SafeString


@register.filter
def entry_rows(jobs: Iterable[Job], words: str) -> Iterator[EntryRow]:
    """jobs: with the `snippet` of app.web.snippets. words: those of a search."""
    query = f"?find={quote(words)}" if words else ""
    return (_row(job, words, query) for job in jobs)


@register.simple_tag
def thumbnail(job: Job | None) -> SafeString:
    """A picture of the first page; an icon before it can be drawn, or of a deleted entry."""
    return _picture(job, reverse("entry", args=[job.pk])) if job else _frame(icon("file"))


@register.simple_tag
def status_badge(job: Job) -> SafeString:
    """The confidence of a finished job, else its state in a word."""
    if job.status == Status.DONE:
        return _confidence_badge(job)
    if job.status == Status.FAILED:
        return format_html('<span class="badge badge-bad">{}</span>', _("Failed"))
    if job.status == Status.RUNNING:
        return format_html('<span class="badge badge-warn">{}</span>', _("Reading"))
    word = _("Cancelled") if job.status == Status.CANCELLED else _("Waiting")
    return format_html('<span class="badge">{}</span>', word)


def _row(job: Job, words: str, query: str) -> EntryRow:
    address = reverse("entry", args=[job.pk])
    title = {"name": job.title or job.upload.name}
    failed = job.status == Status.FAILED
    return EntryRow(
        job=job,
        address=address,
        href=address + query,
        name=job.title or job.upload.name or job.upload.media_type,
        choose=_("Choose %(name)s") % title,
        act=(_("Delete %(name)s") if job.ended else _("Cancel %(name)s")) % title,
        picture=_picture(job, address),
        excerpt=error_sentence(job) if failed else marked(job.snippet, words),
        badge=status_badge(job),
        facts=list(_facts(job)),
        time=_time(job),
    )


def _facts(job: Job) -> Iterator[str]:
    if job.words:
        yield ngettext("%(n)s word", "%(n)s words", job.words) % {"n": job.words}
    if job.pages_total and job.pages_total > 1:
        yield ngettext("%(n)s page", "%(n)s pages", job.pages_total) % {"n": job.pages_total}
    if job.language_used:
        yield job.language_used


def _time(job: Job) -> SafeString:
    moment, minute = localtime(job.created_at), int(time.time() / 60)
    if minute - moment.timestamp() / 60 < RECENT_MINUTES:
        return _written(moment)
    return _remembered(moment, get_language(), minute)


@lru_cache(maxsize=5000)
def _remembered(moment: datetime, language: str | None, minute: int) -> SafeString:
    """Writing it is half the time of a row, and the same entries are listed again and again."""
    return _written(moment)


def _written(moment: datetime) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        date_format(moment, "DATETIME_FORMAT"),
        naturaltime(moment),
    )


def _picture(job: Job, address: str) -> SafeString:
    drawn = job.status == Status.DONE or job.pages_done
    return _frame(format_html(PICTURE, address) if drawn else icon("file"))


def _frame(picture: SafeString) -> SafeString:
    return format_html('<div class="entry-thumb">{}</div>', picture)


def _confidence_badge(job: Job) -> SafeString:
    """Nothing for a page without words, of which there is nothing to be sure."""
    if job.confidence is None or not job.words:
        return SafeString("")
    return format_html(
        '<span class="badge badge-{}" title="{}">{}</span>',
        confidence_level(job.confidence),
        _("How sure the reading is"),
        percent(job.confidence),
    )
