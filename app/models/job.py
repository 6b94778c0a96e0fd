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


# Characters of text that lists load, so that a page of long documents stays small.
TEXT_HEAD = 10_000
LIST_COLUMNS = (
    *("upload__name", "upload__media_type", "upload__size", "owner_id", "title", "status"),
    *("engine", "engine_used", "language", "language_used", "confidence", "letter_count"),
    *("words", "lines", "pages_total", "seconds", "error_code", "starred", "tags"),
    *("created_at", "updated_at", "deleted_at"),
)

ENDED = (Status.DONE, Status.FAILED, Status.CANCELLED)


class Priority(models.IntegerChoices):
    """Smaller runs first: a person waits for an interactive page."""

    INTERACTIVE = 0
    NORMAL = 5
    BATCH = 9


def upload_copies(upload: Upload) -> dict[str, Any]:
    """The columns that a job copies: lists are ordered by an index, which has one table's columns.

    Keys are those of Job.
    """
    return {"file_name": upload.name, "file_size": upload.size}


def error_columns(error: OcrError | None) -> dict[str, Any]:
    """The columns that say why a job failed; empty for None."""
    if error is None:
        return {"error_code": "", "error_message": "", "error_details": None}
    message = storable_text(error.message)
    return {"error_code": error.code, "error_message": message, "error_details": error.details}


class JobQuerySet(OwnedQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Without entries in the trash."""
        return super().visible_to(user, visitor).filter(deleted_at=None)

    def in_trash_of(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """The caller's own, also where they are staff, who would empty everybody's trash."""
        return self.belonging_to(user, visitor).exclude(deleted_at=None)

    def history(self) -> Self:
        """With the upload in the same query, without result trees."""
        return self.select_related("upload")

    def for_list(self) -> Self:
        """With the start of the text as `text_head`, and with what lists show alone."""
        return self.only(*LIST_COLUMNS).annotate(text_head=Substr("text", 1, TEXT_HEAD))

    def search(self, words: str, scope: int | None = None) -> Self:
        """Jobs whose search text has every word, in any script and case.

        scope: the `search_scope` of the reader, so that only their own texts are looked through.
        """
        return self.filter(containing(words, scope))

    def sorted_by(self, *names: str) -> Self:
        """Equal entries follow by id, so that no two pages of a list show the same entry."""
        last = "-id" if names[-1].startswith("-") else "id"
        return self.order_by(*names, last)

    def stale(self, now: datetime) -> Self:
        """Running jobs whose lease was not renewed: their worker is gone.

        A lease that ends later than twice its length was taken before the clock was set back.
        """
        impossible = now + timedelta(seconds=2 * settings.LEASE_SECONDS)
        return self.filter(status=Status.RUNNING).filter(
            Q(lease_expires__lt=now) | Q(lease_expires__gt=impossible)
        )


class Job(Owned):
    """One recognition of one upload, and the entry of the history that shows its result.

    The row is the only state of the job: no queue or broker knows more (docs/architecture.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE)
    # As `upload_copies` gives them
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField("bytes", default=0, editable=False)
    # Subject of the daily quota (services/limits/quotas); empty: the owner.
    charged_to = models.CharField(max_length=60, blank=True, editable=False)

    # Request
    engine = models.CharField(max_length=40)
    language = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict, blank=True)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    # Place in the round robin of owners: a second waiting job comes after all others' first.
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
    # The message's numbers, for other languages; NULL before they were kept.
    error_details = models.JSONField(null=True, editable=False)

    # Lease and retries, see services/jobs/execution
    attempt = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField("engine crashes", default=0)
    lost = models.PositiveSmallIntegerField("workers lost", default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    # No picture of its pages is left to draw
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
    # Copied from an earlier job with the same bytes and options instead of recognized again.
    cached = models.BooleanField(default=False, editable=False)
    # Counts changes of what exports show, so that no stale export is sent.
    version = models.PositiveIntegerField(default=1, editable=False)

    # Added by the owner
    title = models.CharField(max_length=200, blank=True)
    corrected_text = models.TextField(null=True, blank=True)
    starred = models.BooleanField(default=False)
    # Names as they were given; search finds them written with a number sign, as in #invoice.
    tags: Any = models.JSONField(default=list, blank=True)
    notes = models.TextField(blank=True)
    # In the trash since then; TRASH_DAYS later it is deleted for good.
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
        """Without the title, which is the owner's: the admin site and logs write this."""
        return f"{self.engine} job {self.pk}"

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def final_text(self) -> str:
        """The corrected text where there is one, else what was recognized."""
        return self.text if self.corrected_text is None else self.corrected_text

    @property
    def options_without_password(self) -> dict[str, Any]:
        """For answers and pages; the password of a PDF is stored until the job ends."""
        return {name: value for name, value in self.options.items() if name != "password"}

    @property
    def recognition_options(self) -> Options:
        return Options.from_json(self.options)
