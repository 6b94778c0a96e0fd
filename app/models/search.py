"""What the history's search looks in: a case-folded text per job under a trigram index.

SQLite has an FTS5 table over it, PostgreSQL a GIN index (migration 0014), and both read only what
belongs to one owner. So a search costs what its own matches cost, however many entries there are,
and works alike in every script: SQLite's own LIKE folds ASCII.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

# A trigram index knows nothing of shorter words, which are the usual ones in Chinese. So what they
# could be stands between marks behind the text; a marked word is long enough for the index.
GRAM = 3
MARK = "\x01"
# Rows of the FTS5 table are numbered by scope, then by search text: one owner's lie together.
ID_BITS = 32
# PostgreSQL looks into every text that its index finds. Where a page would need but one in so many
# of those, going through the owner's texts from the newest on is shorter.
COMMON = 500
# SQLite's planner would read the texts to get at the job; and given a join it would go through
# all matches once for each job of the owner.
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
    # Whose search finds it: the owner's number, 0 for visitors, nobody's while it is in the trash.
    scope = models.BigIntegerField(null=True, editable=False)
    text = models.TextField()

    class Meta:
        # From what the index found to the jobs, past the texts.
        indexes = [models.Index(fields=["id", "job"], name="search_jobs")]

    def __str__(self) -> str:
        return str(self.job_id)


def searchable(text: str) -> str:
    """The text as it is stored: folded, and its parts of one and two characters behind it."""
    folded = text.casefold().replace(MARK, " ")
    words = set(folded.split())
    short = {word[at : at + n] for word in words for at in range(len(word)) for n in (1, 2)}
    return f"{folded}\n{MARK}{MARK.join(sorted(short))}{MARK}"


def containing(words: str, scope: int | None = None) -> Q:
    """Jobs whose text has every one of these words, as parts of words too.

    scope: the only one that the jobs can belong to, which spares looking through all.
    """
    wanted = _wanted(words)
    if not wanted:
        return Q()
    if connection.vendor == "sqlite":
        return Q(pk__in=_raw(FOUND_JOBS, *_parameters(wanted, scope)))
    return _each_contained(wanted, scope, prefix="search_text__")


def count(words: str, scope: int) -> int:
    """How many of the scope have every word; reads the index alone on SQLite."""
    wanted = _wanted(words)
    if connection.vendor != "sqlite":
        return SearchText.objects.filter(_each_contained(wanted, scope)).count()
    with connection.cursor() as cursor:
        cursor.execute(FOUND_COUNT, _parameters(wanted, scope))
        return int(cursor.fetchone()[0])


def newest(words: str, scope: int, start: int, stop: int, *, of: int) -> Q:
    """The jobs of that part of the list of all matches, newest first.

    of: how many there are (`count`).
    """
    wanted = _wanted(words)
    if connection.vendor != "sqlite":
        find = _newest_read if of > COMMON * stop else _newest_found
        return Q(pk__in=find(wanted, scope).values("job")[start:stop])
    parameters = (*_parameters(wanted, scope), stop - start, start)
    return Q(pk__in=_raw(FOUND_PART, *parameters))


def _newest_read(wanted: list[str], scope: int) -> models.QuerySet[SearchText]:
    """Goes through the owner's texts in the index of their numbers."""
    # What no index has is looked at last.
    texts = SearchText.objects.alias(
        read=Concat("text", Value("", output_field=models.TextField()))
    )
    return texts.filter(_each_contained(wanted, scope, column="read")).order_by("-id")


def _newest_found(wanted: list[str], scope: int) -> models.QuerySet[SearchText]:
    """Asks the trigram index."""
    # Ordered by the column itself, PostgreSQL may go through the texts for a rare word too.
    return SearchText.objects.filter(_each_contained(wanted, scope)).order_by(-F("id"))


def _wanted(words: str) -> list[str]:
    """What has to stand in the text, for each word."""
    folded = words.casefold().split()
    return [word if len(word) >= GRAM else f"{MARK}{word}{MARK}" for word in folded]


def _parameters(wanted: list[str], scope: int | None) -> tuple[str, int, int]:
    """The words, and the first and last row to look at."""
    # A quoted string is a phrase of FTS5's query language, so nothing in it is an operator.
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in wanted)
    if scope is None:
        return phrases, 0, (1 << 63) - 1
    return phrases, scope << ID_BITS, ((scope + 1) << ID_BITS) - 1


def _each_contained(
    wanted: list[str], scope: int | None, *, prefix: str = "", column: str = "text"
) -> Q:
    """prefix: of the search text's columns, seen from the model that is asked."""
    condition = Q()
    if scope is not None:
        # As it stands a small number is an integer, and the index compares big ones only.
        condition = Q(**{f"{prefix}scope": Cast(Value(scope), models.BigIntegerField())})
    for text in wanted:
        condition &= Q(**{f"{prefix}{column}__contains": text})
    return condition


def _raw(sql: str, *parameters: Any) -> RawSQL:
    return RawSQL(sql, parameters)  # noqa: S611  what was typed is in the parameters
