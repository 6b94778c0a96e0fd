"""What has to be done now and then, each in a thread of its own; no cron needed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection

from app.services.jobs.execution.expired_leases import reap
from app.services.operations.retention import prune
from app.services.webhooks import deliver_due

from .clock import AfterJumpsWait
from .outages import OUTAGES

HOUR = 3600
# A receiver that answers slowly holds up only one of the threads that call webhooks.
WEBHOOK_THREADS = 3

logger = logging.getLogger(__name__)


class Chore(threading.Thread):
    """Calls `action` every `seconds` until stopped; every worker may do the same at once."""

    def __init__(self, action: Callable[[], object], *, seconds: float) -> None:
        super().__init__(name=action.__name__, daemon=True)
        self.action = action
        self.seconds = seconds
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                self.action()
            except OUTAGES as error:
                logger.error("%s: %s", self.name, error)
                connection.close()
            except Exception:
                logger.exception("%s", self.name)
                connection.close()
            self.stopping.wait(self.seconds)
        connection.close()


def queue_chores() -> list[Chore]:
    """What every worker does beside recognizing."""
    chores = [
        Chore(reap, seconds=settings.LEASE_SECONDS / 3),
        Chore(AfterJumpsWait(prune), seconds=HOUR),
        *(Chore(deliver_due, seconds=1) for _ in range(WEBHOOK_THREADS)),
    ]
    if settings.JOB_DELIVERY == "celery":
        from app.services.jobs.wakeup.resend import resend

        chores.append(Chore(resend, seconds=settings.LEASE_SECONDS / 3))
    return chores
