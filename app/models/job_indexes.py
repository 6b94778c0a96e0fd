"""Indexes of the job table: one for each sort order of the history, small ones for the queue."""

from __future__ import annotations

from django.db.models import Index, Q

# Columns by which lists are filtered and sorted. The index of each contains all the others, so
# that a filtered list can be counted and paged without reading rows: reading a hundred thousand
# texts takes seconds.
FILTERED = ("id", "status", "starred", "confidence", "created_at", "language_used", "engine_used")
# Columns by which lists are only sorted.
SORTED = ("file_name", "file_size", "title", "updated_at", "letter_count", "words", "pages_total")


def _filter_index(name: str) -> Index:
    columns = sorted(FILTERED, key=lambda other: other != name)  # this one first
    fields = ["owner", "deleted_at", *columns, "engine"]
    return Index(fields=fields, name=f"job_by_{name}")


def _order_index(name: str) -> Index:
    return Index(fields=["owner", "deleted_at", name, "id"], name=f"job_by_{name}")


HISTORY_INDEXES = [
    *map(_filter_index, FILTERED),
    *map(_order_index, SORTED),
    # A visitor's history. Without all four columns SQLite reads the entries of all visitors.
    Index(fields=["visitor", "owner", "deleted_at", "id"], name="job_by_visitor"),
    Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="job_trashed"),
]
QUEUE_INDEXES = [
    Index(fields=["priority", "turn", "id"], condition=Q(status="queued"), name="job_queue"),
    Index(fields=["owner", "visitor", "turn"], condition=Q(status="queued"), name="job_turns"),
    Index(fields=["lease_expires"], condition=Q(status="running"), name="job_leases"),
    # Includes the status, or SQLite would prefer a large index that does.
    Index(fields=["status", "owner", "visitor"], condition=Q(status="running"), name="job_running"),
    Index(
        fields=["id"],
        condition=Q(finished_at__isnull=False, previewed=False),
        name="job_leftover_previews",
    ),
]
