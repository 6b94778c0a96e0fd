"""Snippets of found entries: the text around the first word of a search."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Length, StrIndex, Substr

LENGTH = 420  # more than two lines on a wide screen, so that they end in an ellipsis
BEFORE = 60
# Columns that a row of the history shows.
COLUMNS = (
    *("upload__name", "upload__media_type", "title", "status"),
    *("error_code", "error_message", "error_details"),
    *("confidence", "words", "pages_done", "pages_total", "language_used", "created_at"),
    *("starred", "tags"),
)


def with_snippets(jobs: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Annotates `snippet`: from the middle of the text when words were found there.

    The search text is the case-folded file name, title and text, each on its own line, so a
    position in it gives the position in the text. Only the columns of a row are read.
    """
    jobs = jobs.only(*COLUMNS)
    final_text = Coalesce("corrected_text", "text")
    first = next(iter(words.casefold().split()), "")
    if not first:
        return jobs.annotate(snippet=Substr(final_text, 1, LENGTH))
    ahead = Length("file_name") + Length("title") + Value(2 + BEFORE)
    place = StrIndex(F("search_text__text"), Value(first)) - ahead
    return jobs.annotate(snippet=Substr(final_text, Greatest(place, Value(1)), LENGTH))
