"""Signs of life: each worker keeps a row of its own up to date, so that others know of it."""

from __future__ import annotations

import logging
import os
import socket

from django.db import DatabaseError
from django.utils import timezone

from app.models import Worker
from app.models.ids import new_id

logger = logging.getLogger(__name__)


class Beat:
    """Called every BEAT_SECONDS by one worker; `end` says that it stopped as it should."""

    __name__ = "beat"  # of the chore's thread

    def __init__(self, *, slots: int) -> None:
        self.id = new_id()
        self.slots = slots
        self.ended = False

    def __call__(self) -> None:
        """Writes the row, and removes those of workers that were killed."""
        if self.ended:
            return
        about = {"host": socket.gethostname(), "pid": os.getpid(), "slots": self.slots}
        Worker.objects.update_or_create(id=self.id, defaults={**about, "seen_at": timezone.now()})
        Worker.objects.gone().delete()

    def end(self) -> None:
        """Removes the row; where the database is away, others do so a little later."""
        self.ended = True
        try:
            Worker.objects.filter(id=self.id).delete()
        except DatabaseError as error:
            logger.warning("the worker's row stays for a moment: %s", error)
