from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.text import storable_text

from .access import Owned, OwnedQuerySet
from .ids import new_id
from .job_indexes import HISTORY_INDEXES, QUEUE_INDEXES
from .search import containing
from .upload import Upload


class Status(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


# Characters of text loaded for lists, so that a page of long documents stays small.
TEXT_HEAD = 10_000
LIST_COLUMNS = (
    *("upload__name", "upload__media_type", "upload__size", "owner_id", "title", "status"),
    *("engine", "engine_used", "language", "language_used", "confidence", "letter_count"),
    *("words", "lines", "pages_total", "seconds", "error_code", "starred", "tags"),
    *("created_at", "updated_at", "deleted_at"),
)
# A job's state and its place in the queue. Polls must not read the text of a document.
STATE_COLUMNS = (
    *("upload__name", "visitor", "status", "engine", "language", "priority", "turn", "attempt"),
    *("pages_done", "pages_total", "cached", "created_at", "started_at", "finished_at", "seconds"),
    *("error_code", "error_message", "error_details"),
)

ENDED = (Status.DONE, Status.FAILED, Status.CANCELLED)


class Priority(models.IntegerChoices):
    """Smaller runs first: a person is waiting for an interactive job."""

    INTERACTIVE = 0
    NORMAL = 5
    BATCH = 9


def upload_copies(upload: Upload) -> dict[str, Any]:
    """Values that a job copies from its upload, since the index of a list covers only one table.

    Keys are those of Job.
    """
    return {"file_name": upload.name, "file_size": upload.size}


def error_columns(error: OcrError | None) -> dict[str, Any]:
    """Values of the columns that say why a job failed; empty for None."""
    if error is None:
        return {"error_code": "", "error_message": "", "error_details": None}
    message = storable_text(error.message)
    return {"error_code": error.code, "error_message": message, "error_details": error.details}


class JobQuerySet(OwnedQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """As for any owned row, without entries in the trash."""
        return super().visible_to(user, visitor).filter(deleted_at=None)

    def in_trash_of(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """The caller's own trash, even if they are staff, who would otherwise empty everyone's."""
        return self.belonging_to(user, visitor).exclude(deleted_at=None)

    def history(self) -> Self:
        """Jobs with their uploads in the same query."""
        return self.select_related("upload")

    def for_list(self) -> Self:
        """Only the columns that lists show, with the start of the text as `text_head`."""
        return self.only(*LIST_COLUMNS).annotate(text_head=Substr("text", 1, TEXT_HEAD))

    def for_state(self) -> Self:
        """Jobs with the names of their files, and only the columns of their state."""
        return self.history().only(*STATE_COLUMNS)

    def search(self, words: str, scope: int | None = None) -> Self:
        """Jobs whose search text contains every word, in any script and case.

        scope: the reader's `search_scope`, so that only texts they may see are searched.
        """
        return self.filter(containing(words, scope))

    def sorted_by(self, *names: str) -> Self:
        """Sorted with the id as a tie-breaker, so that no entry is on two pages of a list."""
        last = "-id" if names[-1].startswith("-") else "id"
        return self.order_by(*names, last)

    def stale(self, now: datetime) -> Self:
        """Running jobs whose lease has expired: their worker is gone.

        A lease that ends after more than twice its length was taken before the clock was set back,
        and counts as expired.
        """
        impossible = now + timedelta(seconds=2 * settings.LEASE_SECONDS)
        return self.filter(status=Status.RUNNING).filter(
            Q(lease_expires__lt=now) | Q(lease_expires__gt=impossible)
        )


class Job(Owned):
    """One recognition of one upload, and the entry of the history that shows its result.

    The row is the job's only state: no queue or broker knows more (docs/architecture.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE)
    # From `upload_copies`
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField("bytes", default=0, editable=False)
    # Subject of the daily quota (services/limits/quotas); empty means the owner.
    charged_to = models.CharField(max_length=60, blank=True, editable=False)

    # Request
    engine = models.CharField(max_length=40)
    language = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict, blank=True)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    # Round of the round robin of owners: a second waiting job runs after all other owners' first.
    turn = models.PositiveBigIntegerField(default=0, editable=False)

    # Progress
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    pages_total = models.PositiveIntegerField(null=True, blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    # Numbers in the message, for its translation; NULL in rows from before this column.
    error_details = models.JSONField(null=True, editable=False)

    # Lease and retries: services/jobs/execution
    attempt = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField("engine crashes", default=0)
    lost = models.PositiveSmallIntegerField("workers lost", default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    # All previews of its pages are made
    previewed = models.BooleanField("previews made", default=False, editable=False)

    # Result
    text = models.TextField(blank=True)
    confidence = models.FloatField(null=True, blank=True)
    letter_count = models.PositiveIntegerField("ASCII letters", default=0)
    words = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    engine_used = models.CharField(max_length=40, blank=True)
    language_used = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    # Copied from an earlier job with the same bytes and options.
    cached = models.BooleanField(default=False, editable=False)
    # Increases with every change that exports show, so that no stale export is sent.
    version = models.PositiveIntegerField(default=1, editable=False)

    # Added by the owner
    title = models.CharField(max_length=200, blank=True)
    corrected_text = models.TextField(null=True, blank=True)
    starred = models.BooleanField(default=False)
    # Names as entered; search finds them with a number sign, as in #invoice.
    tags: Any = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    # When it was moved to the trash; TRASH_DAYS later it is deleted for good.
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_related_name = "jobs"
        indexes = [*HISTORY_INDEXES, *QUEUE_INDEXES]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="job_confidence_0_1",
            )
        ]

    def __str__(self) -> str:
        """A name without the title, which is private: the admin site and logs show it."""
        return f"{self.engine} job {self.pk}"

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def final_text(self) -> str:
        """The corrected text if there is one, else the recognized text."""
        return self.text if self.corrected_text is None else self.corrected_text

    @property
    def options_without_password(self) -> dict[str, Any]:
        """Options to show; the password of a PDF is stored until the job ends."""
        return {name: value for name, value in self.options.items() if name != "password"}

    @property
    def recognition_options(self) -> Options:
        return Options.from_json(self.options)
