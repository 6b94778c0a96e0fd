"""Template tags of entries in lists, which write the markup of many rows.

Templates or format_html would take several times as long per row (docs/benchmarks.md), so the
parts are escaped here one by one.
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

RECENT_MINUTES = 60  # age up to which "… ago" changes by the minute


@dataclass(frozen=True, slots=True)
class Shared:
    """Parts common to all rows of a list, computed once.

    query: appended to links so that the page marks found words. token: hidden field of forms.
    history: URL with which those of all entries begin.
    """

    words: str
    query: str
    token: str
    history: str
    choose: str
    delete: str


@register.simple_tag(takes_context=True)
def entry_rows(context: template.Context, jobs: Iterable[Job], words: str) -> SafeString:
    """Rows of the history. jobs: with a `snippet` from app.web.snippets. words: searched for."""
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
    shared = Shared(
        words=words,
        query=f"?find={quote(words)}" if words else "",
        token=token,
        history=reverse("history"),
        choose=_("Choose %(name)s"),
        delete=_("Delete %(name)s"),
    )
    rows = (_row(job, shared) for job in jobs)
    return SafeString("\n".join(rows))


@register.simple_tag
def first_page(job: Job | None) -> SafeString:
    """A picture of the first page; an icon for a deleted entry or before a page is done."""
    return _picture(job, reverse("entry", args=[job.pk]) if job else "")


@register.simple_tag
def status_badge(job: Job) -> SafeString:
    """Badge with the confidence of a finished job, or else its state."""
    kind, title, text = "", "", ""
    if job.status == Status.DONE:
        if job.confidence is None or not job.words:
            return SafeString("")  # nothing was read, so there is no confidence
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


def _row(job: Job, shared: Shared) -> str:
    address = f"{shared.history}{job.pk}/"
    name = job.title or job.upload.name
    failed = job.status == Status.FAILED
    excerpt = escape(error_sentence(job)) if failed else marked(job.snippet, shared.words)
    star = f'<span class="entry-star">{icon("star", _("Starred"))}</span>' if job.starred else ""
    choose = escape(shared.choose % {"name": name})
    box = f'<input class="entry-check" type="checkbox" name="id" value="{job.pk}" form="many"'
    facts = "\n".join(_facts(job))
    shown = f"<bdi>{escape(name or job.upload.media_type)}</bdi>"
    return f"""<li class="entry-row">
  {box} aria-label="{choose}">
  {_picture(job, address)}
  <div class="entry-main">
    <p class="entry-line"><a class="entry-name" href="{address}{shared.query}">{shown}</a>{star}</p>
    <p class="entry-excerpt" dir="auto">{excerpt}</p>
    <p class="entry-facts">{facts}</p>
  </div>
  {_end_button(job, address, name, shared)}
</li>"""


def _end_button(job: Job, address: str, name: str, shared: Shared) -> str:
    """Button that deletes an entry that has ended, or cancels its job."""
    token = shared.token
    if job.ended:
        label, picture, form = shared.delete, icon("trash"), f'action="{address}discard/"'
    else:
        label, picture = _("Cancel %(name)s"), icon("x")
        form = f'action="{address}cancel/" data-quiet'
        token += '<input type="hidden" name="back" value="history">'
    said = escape(label % {"name": name})
    classes = "button button-quiet button-small button-icon"
    button = f'<button class="{classes}" aria-label="{said}">{picture}</button>'
    return f'<form class="entry-actions" method="post" {form}>{token}{button}</form>'


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
    """Cached: formatting takes half the time of a row, and the same entries are listed often."""
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
