"""Periodic tasks of every worker, each in a thread of its own; no cron is needed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection

from app.services import mails
from app.services.jobs.execution.recovery import requeue_expired, resend_lost_messages
from app.services.operations.retention import prune
from app.services.operations.transient_errors import transient_errors
from app.services.webhooks import deliver_due

from .clock import PauseAfterClockJump

HOUR = 3600
# A slow receiver blocks only one of the threads that call webhooks.
WEBHOOK_THREADS = 3
MAIL_SECONDS = 5

logger = logging.getLogger(__name__)


class PeriodicTask(threading.Thread):
    """Calls `action` every `seconds` until it is stopped; other workers do the same
    concurrently."""

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
            except transient_errors() as error:
                logger.error("%s: %s", self.name, error)
                connection.close()
            except Exception:
                logger.exception("%s", self.name)
                connection.close()
            self.stopping.wait(self.seconds)
        connection.close()


def periodic_tasks() -> list[PeriodicTask]:
    """The tasks of one worker, except its heartbeat."""
    lease_third = settings.LEASE_SECONDS / 3
    tasks = [
        PeriodicTask(requeue_expired, seconds=lease_third),
        PeriodicTask(PauseAfterClockJump(prune), seconds=HOUR),
        PeriodicTask(mails.send_due, seconds=MAIL_SECONDS),
        *(PeriodicTask(deliver_due, seconds=1) for _ in range(WEBHOOK_THREADS)),
    ]
    if settings.JOB_DELIVERY == "celery":
        tasks.append(PeriodicTask(resend_lost_messages, seconds=lease_third))
    return tasks
