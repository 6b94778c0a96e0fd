"""Search in the history: a case-folded text per job under a trigram index.

SQLite has an FTS5 table, PostgreSQL a GIN index (migration 0002), both by owner, so the cost of a
search depends only on the owner's matches. It works alike in every script, whereas SQLite's LIKE
folds only ASCII.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

# A trigram index cannot find shorter words, which are common in Chinese. All parts of one and two
# characters are therefore appended to the text, between marks that make them long enough.
GRAM = 3
MARK = "\x01"
# Rows of the FTS5 table are numbered by scope, then by search text, so that an owner's are
# adjacent.
ID_BITS = 32
# PostgreSQL reads every text that its index finds. If there are more matches than this for each
# one that a page shows, reading the owner's texts from the newest on is quicker.
COMMON = 500
# Without INDEXED BY, SQLite would read the texts to find the jobs; with a join, it would scan all
# matches for each of the owner's jobs.
FOUND_JOBS = """
    SELECT job_id FROM app_searchtext INDEXED BY search_jobs WHERE id IN (
        SELECT rowid & 4294967295 FROM app_search
        WHERE app_search MATCH %s AND rowid BETWEEN %s AND %s
    )
"""
FOUND_PART = """
    SELECT job_id FROM app_searchtext WHERE id IN (
        SELECT rowid & 4294967295 FROM app_search
        WHERE app_search MATCH %s AND rowid BETWEEN %s AND %s
        ORDER BY rowid DESC LIMIT %s OFFSET %s
    )
"""
FOUND_COUNT = """
    SELECT count(*) FROM app_search WHERE app_search MATCH %s AND rowid BETWEEN %s AND %s
"""


class SearchText(models.Model):
    job = models.OneToOneField("app.Job", on_delete=models.CASCADE, related_name="search_text")
    # The owner's id, or 0 for visitors; None in the trash, which is not searched.
    scope = models.BigIntegerField(null=True, editable=False)
    text = models.TextField()

    class Meta:
        # Finds the jobs of matching texts without reading the texts.
        indexes = [models.Index(fields=["id", "job"], name="search_jobs")]

    def __str__(self) -> str:
        return str(self.job_id)


def searchable(text: str) -> str:
    """The text to store: case-folded, followed by its parts of one and two characters."""
    folded = text.casefold().replace(MARK, " ")
    words = set(folded.split())
    short = {word[at : at + n] for word in words for at in range(len(word)) for n in (1, 2)}
    return f"{folded}\n{MARK}{MARK.join(sorted(short))}{MARK}"


def containing(words: str, scope: int | None = None) -> Q:
    """Jobs whose text contains all of these words, also within other words.

    scope: the only one to search in; None for all.
    """
    wanted = _wanted(words)
    if not wanted:
        return Q()
    if connection.vendor == "sqlite":
        return Q(pk__in=_raw(FOUND_JOBS, *_parameters(wanted, scope)))
    return _each_contained(wanted, scope, prefix="search_text__")


def count(words: str, scope: int) -> int:
    """Number of jobs in the scope with all words; on SQLite, from the index alone."""
    wanted = _wanted(words)
    if connection.vendor != "sqlite":
        return SearchText.objects.filter(_each_contained(wanted, scope)).count()
    with connection.cursor() as cursor:
        cursor.execute(FOUND_COUNT, _parameters(wanted, scope))
        return int(cursor.fetchone()[0])


def newest(words: str, scope: int, start: int, stop: int, *, of: int) -> Q:
    """Matches from start to stop, newest first.

    of: the number of all matches, from `count`.
    """
    wanted = _wanted(words)
    if connection.vendor != "sqlite":
        find = _newest_by_owner if of > COMMON * stop else _newest_by_words
        return Q(pk__in=find(wanted, scope).values("job")[start:stop])
    parameters = (*_parameters(wanted, scope), stop - start, start)
    return Q(pk__in=_raw(FOUND_PART, *parameters))


def _newest_by_owner(wanted: list[str], scope: int) -> models.QuerySet[SearchText]:
    """Reads the owner's texts from the newest on."""
    # An expression that no index has keeps the planner from using the trigram index.
    texts = SearchText.objects.alias(
        read=Concat("text", Value("", output_field=models.TextField()))
    )
    return texts.filter(_each_contained(wanted, scope, column="read")).order_by("-id")


def _newest_by_words(wanted: list[str], scope: int) -> models.QuerySet[SearchText]:
    """Reads all matches that the trigram index finds."""
    # Sorting by the plain column might make PostgreSQL read all the owner's texts instead.
    return SearchText.objects.filter(_each_contained(wanted, scope)).order_by(-F("id"))


def _wanted(words: str) -> list[str]:
    """For each word, the string that the text must contain."""
    folded = words.casefold().split()
    return [word if len(word) >= GRAM else f"{MARK}{word}{MARK}" for word in folded]


def _parameters(wanted: list[str], scope: int | None) -> tuple[str, int, int]:
    """The FTS5 query, and the first and last row of the scope."""
    # FTS5 treats a quoted string as a phrase, so nothing in it is an operator.
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in wanted)
    if scope is None:
        return phrases, 0, (1 << 63) - 1
    return phrases, scope << ID_BITS, ((scope + 1) << ID_BITS) - 1


def _each_contained(
    wanted: list[str], scope: int | None, *, prefix: str = "", column: str = "text"
) -> Q:
    """Condition that all strings are contained. prefix: lookup path to the search text."""
    condition = Q()
    if scope is not None:
        # PostgreSQL types a small number as integer, but the index has only bigints.
        condition = Q(**{f"{prefix}scope": Cast(Value(scope), models.BigIntegerField())})
    for text in wanted:
        condition &= Q(**{f"{prefix}{column}__contains": text})
    return condition


def _raw(sql: str, *parameters: Any) -> RawSQL:
    return RawSQL(sql, parameters)  # noqa: S611  the user's input is in the parameters
