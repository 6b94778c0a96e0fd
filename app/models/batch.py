from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from .access import Owned, OwnedQuerySet
from .ids import new_id
from .job import Job, Status


class BatchQuerySet(OwnedQuerySet):
    def with_counts(self) -> Self:
        """Adds numbers of items by status, such as `count_queued`, and of pages, in one query."""
        counts = {
            f"count_{status}": Count("items", filter=Q(items__job__status=status))
            for status in Status.values
        }
        return self.order_by("-id").annotate(
            count_total=Count("items"),
            count_rejected=Count("items", filter=~Q(items__error_code="")),
            pages_done=Coalesce(Sum("items__job__pages_done"), 0),
            pages_total=Coalesce(Sum("items__job__pages_total"), 0),
            **counts,
        )


class Batch(Owned):
    """Files that were sent together. Each has its own job; the batch only counts them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    # Added by with_counts()
    count_total: int
    count_queued: int
    count_running: int
    count_done: int
    count_failed: int
    count_cancelled: int
    count_rejected: int
    pages_done: int
    pages_total: int

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"
        default_related_name = "batches"
        indexes = [
            models.Index(fields=["owner"], name="batch_of_owner"),
            models.Index(fields=["visitor"], name="batch_of_visitor"),
        ]

    def __str__(self) -> str:
        return self.name or f"batch {self.pk}"

    @property
    def count_ended(self) -> int:
        """Number of done, failed, cancelled and rejected files. Needs with_counts()."""
        return self.count_total - self.count_queued - self.count_running

    @property
    def count_stopped(self) -> int:
        """Number of files whose jobs can be retried."""
        return self.count_failed + self.count_cancelled

    @property
    def ended(self) -> bool:
        return self.count_ended == self.count_total


class BatchItem(models.Model):
    """One file of a batch: its job or its error. If the job is deleted, it has neither."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    # The client's own name for the file, returned with its state.
    reference = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    job = models.OneToOneField(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="batch_item"
    )
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    error_details = models.JSONField(null=True, editable=False)  # as in Job

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_item_number")
        ]

    def __str__(self) -> str:
        return self.file_name or f"file {self.number}"
