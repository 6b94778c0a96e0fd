"""Corrections of single words of a page, with their boxes, blocks and cells.

They are stored in the page's tree as whole blocks, with the steps that undo them. Earlier texts
have one version for each session of work on a page: a version for every word would hide the others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from app.models import Job, Page, Revision
from app.ocr import result
from app.ocr.confidence import words_to_check
from app.ocr.edits.steps import Blocks, Step, make_step, newest, undone
from app.ocr.edits.words import Edit
from app.ocr.errors import OcrError
from app.ocr.text import storable_tree
from app.ocr.tree import page_from_tree, page_to_tree

from . import corrections

# After such a pause of the same person on the same page, a new version begins.
SESSION_SECONDS = 30 * 60


def version_of(row: Page) -> str:
    """A value that identifies the page's words, so that changes by others are noticed: that of its
    corrections, as what was recognized never changes."""
    text = json.dumps([row.corrected_text, row.tree.get("correction")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def correct_words(
    *, job: Job, number: int, version: str, edit: Edit, author: User | None = None
) -> Page:
    """Makes one edit to a page in the given version.

    Raises OcrError: not_found for a page that was not read, conflict for another version or a text
    that no words fit, and the errors of the edit.
    """
    row = locked_page(job=job, number=number)
    before = _editable(row, version)
    if store(row=row, before=before, after=edit(before), author=author):
        corrections.store_text(job=job, text=corrections.whole_text(job))
    return row


@transaction.atomic
def undo(*, job: Job, number: int, version: str, author: User | None = None) -> Page:
    """Undoes the page's last edit. Raises OcrError as correct_words() does, and conflict if there
    is none."""
    row = locked_page(job=job, number=number)
    before = _editable(row, version)
    if not can_undo(row):
        raise OcrError("conflict", "There is nothing to undo on this page.")
    take_back(row=row, before=before, author=author)
    corrections.store_text(job=job, text=corrections.whole_text(job))
    return row


def can_undo(row: Page, group: str | None = None) -> bool:
    """Whether the last edit can be undone. group: only if it belongs to that group."""
    steps = (row.word_correction or {}).get("steps", [])
    return bool(steps) and group in (None, steps[-1]["group"])


def locked_page(*, job: Job, number: int) -> Page:
    """Locks the job, whose text consists of all pages, and then the page, until the transaction
    ends.

    Raises OcrError(not_found).
    """
    corrections.lock(job=job)
    row: Page | None = Page.objects.select_for_update().filter(job=job, number=number).first()
    if row is None:
        raise OcrError("not_found", f"Page {number} was not read.")
    return row


def store(
    *,
    row: Page,
    before: result.Page,
    after: result.Page,
    author: User | None,
    group: str = "",
) -> bool:
    """Saves the page with changed words, as one step; False if nothing changed."""
    old, new = _blocks(before), _blocks(after)
    if old == new:
        return False
    steps = (row.word_correction or {}).get("steps", [])
    _save(row, new, after.text, newest([*steps, make_step(old, new, group)]), author)
    return True


def take_back(*, row: Page, before: result.Page, author: User | None) -> None:
    """Undoes the page's last step and saves the page."""
    stored = row.word_correction or {}
    [*steps, last] = stored["steps"]
    blocks = undone(_blocks(before), last)
    text = page_from_tree({**row.tree, "blocks": blocks}).text
    _save(row, blocks, text, steps, author)


def _editable(row: Page, version: str) -> result.Page:
    page = row.word_result
    if page is None:
        raise OcrError("conflict", "The page's text was rewritten; it fits no words.")
    if version_of(row) != version:
        raise OcrError("conflict", "This page was changed meanwhile.")
    return page


def _save(row: Page, blocks: Blocks, text: str, steps: Sequence[Step], author: User | None) -> None:
    """Saves the page and, at the beginning of a session, a version of the earlier text."""
    session: dict[str, Any] = {
        "author": author.pk if author else None,
        "at": int(timezone.now().timestamp()),
    }
    if text != row.final_text and not _goes_on(row, session):
        _store_version(row, author)
    row.corrected_text = None if text == row.text else text
    row.tree.pop("correction", None)
    if blocks != row.tree["blocks"] or steps:
        row.tree["correction"] = {
            "text": text,
            "blocks": blocks,
            "steps": list(steps),
            "session": session,
        }
    row.words_to_check = words_to_check(page_from_tree({**row.tree, "blocks": blocks}).words)
    row.save(update_fields=["corrected_text", "tree", "words_to_check"])


def _goes_on(row: Page, session: dict[str, Any]) -> bool:
    """Whether the edit belongs to a session that already has its version."""
    last = (row.word_correction or {}).get("session")
    if last is None or row.corrected_text is None:
        return False
    pause = session["at"] - last["at"]
    return bool(last["author"] == session["author"] and 0 <= pause < SESSION_SECONDS)


def _store_version(row: Page, author: User | None) -> None:
    """Stores the page's text, unless the newest version has it already, because edits were
    undone."""
    versions = Revision.objects.filter(job_id=row.job_id, page_number=row.number)
    if versions.values_list("text", flat=True).first() != row.final_text:
        Revision.objects.create(
            job_id=row.job_id, page_number=row.number, text=row.final_text, author=author
        )


def _blocks(page: result.Page) -> Blocks:
    blocks: Blocks = storable_tree(page_to_tree(page)["blocks"])
    return blocks
