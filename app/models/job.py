from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from app.ocr.options import Options

from .access import OwnedQuerySet
from .ids import new_id
from .keeping import Kept
from .ordering import FILTERED, SORTED, SORTED_BY_START, Start, columns, first
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

ENDED = (Status.DONE, Status.FAILED, Status.CANCELLED)


class Priority(models.IntegerChoices):
    """Smaller runs first: somebody waits for an interactive page, nobody for a batch."""

    INTERACTIVE = 0
    NORMAL = 5
    BATCH = 9


class JobQuerySet(OwnedQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """As everywhere, but without what lies in the trash."""
        return super().visible_to(user, visitor).filter(deleted_at=None)

    def in_trash_of(self, user: AbstractBaseUser | AnonymousUser, visitor: str = "") -> Self:
        """Their own, of staff too: emptying it must not empty everybody's."""
        return self.belonging_to(user, visitor).exclude(deleted_at=None)

    def history(self) -> Self:
        """What lists show: one query with the upload, without result trees."""
        return self.select_related("upload")

    def for_list(self) -> Self:
        """The start of the text in `text_head`, and none of the columns that can be large."""
        return self.defer("text", "corrected_text", "options").annotate(
            text_head=Substr("text", 1, TEXT_HEAD)
        )

    def search(self, words: str) -> Self:
        """Every word must occur in what search.index() gathers, in any script and case."""
        return self.filter(containing(words, self.scope))

    def sorted_by(self, *names: str) -> Self:
        """Entries that are alike follow by id, so that no two pages of a list show the same."""
        last = "-id" if names[-1].startswith("-") else "id"
        return self.order_by(*columns(names), last)

    def stale(self, now: datetime) -> Self:
        """Running, but nobody renewed the lease: their worker is gone.

        No lease is twice as long as the site's: then somebody has set the clock back.
        """
        impossible = now + timedelta(seconds=2 * settings.LEASE_SECONDS)
        return self.filter(status=Status.RUNNING).filter(
            Q(lease_expires__lt=now) | Q(lease_expires__gt=impossible)
        )


class Job(Kept):
    """One recognition of one upload, and the entry of the history that shows its result.

    The row is the truth about the job: no queue or broker knows more (docs/architecture.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="jobs")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="jobs",
        db_index=False,  # the indexes below begin with it
    )
    visitor = models.CharField(max_length=43, blank=True)
    # As the upload has them: a list is ordered by an index, and an index has columns of one table.
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField("bytes", default=0, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    # Whose daily pages it uses up (services/quotas); empty: the owner's.
    charged_to = models.CharField(max_length=60, blank=True, editable=False)

    # What was asked
    engine = models.CharField(max_length=40)
    language = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict, blank=True)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    # Place in the round robin of owners: their second waiting job comes after everybody's first.
    turn = models.PositiveBigIntegerField(default=0, editable=False)

    # Where it stands
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    pages_total = models.PositiveIntegerField(null=True, blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)

    # Who works on it (services/jobs)
    attempt = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField("engine crashes", default=0)
    lost = models.PositiveSmallIntegerField("workers lost", default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    previewed = models.BooleanField("previews made", default=False, editable=False)

    # What came out
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
    # Counts changes of what exports show, so that none is stale.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # One for each order of the history. Those of columns it is narrowed by have all of
            # these: reading a hundred thousand rows with texts to count them takes seconds.
            *(
                models.Index(
                    fields=["owner", "deleted_at", *first(name, FILTERED), "engine"],
                    name=f"job_by_{name}",
                )
                for name in FILTERED
            ),
            *(
                models.Index(fields=["owner", "deleted_at", name, "id"], name=f"job_by_{name}")
                for name in SORTED
            ),
            *(
                models.Index(
                    F("owner"), F("deleted_at"), Start(name), F("id"), name=f"job_by_{name}"
                )
                for name in SORTED_BY_START
            ),
            # A visitor's history; with these columns, or SQLite goes through all visitors' entries.
            models.Index(fields=["visitor", "owner", "deleted_at", "id"], name="job_by_visitor"),
            models.Index(
                fields=["priority", "turn", "id"], condition=Q(status="queued"), name="job_queue"
            ),
            models.Index(
                fields=["owner", "visitor", "turn"],
                condition=Q(status="queued"),
                name="job_turns",
            ),
            models.Index(
                fields=["id"], condition=Q(status="done", previewed=False), name="job_previews"
            ),
            models.Index(
                fields=["lease_expires"], condition=Q(status="running"), name="job_leases"
            ),
            # With the status too, or SQLite takes a large index that has it for the smaller work.
            models.Index(
                fields=["status", "owner", "visitor"],
                condition=Q(status="running"),
                name="job_running",
            ),
            models.Index(
                fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="job_trashed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="job_confidence_0_1",
            )
        ]

    def __str__(self) -> str:
        return self.title or f"{self.engine} job {self.pk}"

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def final_text(self) -> str:
        """The corrected text where there is one, else what was recognized."""
        return self.text if self.corrected_text is None else self.corrected_text

    @property
    def shown_options(self) -> dict[str, Any]:
        """What was asked, without the password of a PDF: that is only there until the job ends."""
        return {name: value for name, value in self.options.items() if name != "password"}

    @property
    def recognition_options(self) -> Options:
        return Options.from_json(self.options)
