"""What the history's search looks in: a case-folded text per job under a trigram index.

SQLite has an FTS5 table over it, PostgreSQL a GIN index (migration 0005), so a search of a hundred
thousand entries reads few of them, and works alike in every script: SQLite's own LIKE folds ASCII.
"""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

# A trigram index knows nothing of shorter words.
GRAM = 3
# SQLite's planner would read the texts to get at the job; and given a join it would go through
# all matches once for each job of the owner.
MATCHING_JOBS = """
    SELECT job_id FROM app_searchtext INDEXED BY search_jobs
    WHERE id IN (SELECT rowid FROM app_search WHERE app_search MATCH %s)
"""


class SearchText(models.Model):
    job = models.OneToOneField("app.Job", on_delete=models.CASCADE, related_name="search_text")
    text = models.TextField()

    class Meta:
        # From what the index found to the jobs, past the texts.
        indexes = [models.Index(fields=["id", "job"], name="search_jobs")]

    def __str__(self) -> str:
        return str(self.job_id)


def containing(words: str) -> Q:
    """Jobs whose text has every one of these words, as parts of words too."""
    found = words.casefold().split()
    if connection.vendor != "sqlite":
        return _each_contains(found)
    indexed = [word for word in found if len(word) >= GRAM]
    if not indexed:
        return _each_contains(found)
    # A quoted string is a phrase of FTS5's query language, so nothing in it is an operator.
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in indexed)
    jobs = RawSQL(MATCHING_JOBS, [phrases])  # noqa: S611  the words are a parameter
    return Q(pk__in=jobs) & _each_contains([word for word in found if len(word) < GRAM])


def _each_contains(words: list[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(search_text__text__contains=word)
    return condition
