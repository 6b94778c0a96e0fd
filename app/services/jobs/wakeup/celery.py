"""JOB_DELIVERY=celery: a broker carries job ids, and nothing else, to workers on many machines.

Imported only with that setting; Celery comes with requirements-scale.txt.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from celery import Celery
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from kombu.entity import Queue
from kombu.exceptions import OperationalError

from app.models import Job, Priority
from app.ocr.errors import OcrError

logger = logging.getLogger(__name__)

RUN_JOB = "onlineocr.run_job"
CONNECT_SECONDS = 2


def _general_queue(priority: Priority) -> str:
    return f"ocr.{priority.name.lower()}"


# The most urgent queue first: workers on Redis empty them in this order.
PRIORITY_QUEUES = tuple(_general_queue(priority) for priority in Priority)


def queue_names() -> tuple[str, ...]:
    """A queue for each priority, then those that CELERY_ENGINE_QUEUES gives to single engines."""
    return (*PRIORITY_QUEUES, *dict.fromkeys(settings.CELERY_ENGINE_QUEUES.values()))


def served_by(queues: Iterable[str]) -> Q:
    """Jobs whose ids come through these queues, according to queue_of()."""
    served, own = set(queues), settings.CELERY_ENGINE_QUEUES
    priorities = [priority for priority in Priority if _general_queue(priority) in served]
    engines = [engine for engine, queue in own.items() if queue in served]
    return Q(engine__in=engines) | Q(priority__in=priorities) & ~Q(engine__in=list(own))


celery = Celery("onlineocr", broker=settings.CELERY_BROKER_URL, set_as_current=False)
celery.conf.update(
    task_queues=[Queue(name) for name in queue_names()],
    task_default_queue=PRIORITY_QUEUES[1],
    # No results, late acknowledgement or prefetching: the job table knows running and lost jobs.
    task_ignore_result=True,
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=CONNECT_SECONDS,
    broker_transport_options={
        "queue_order_strategy": "priority",
        "socket_connect_timeout": CONNECT_SECONDS,
    },
)


def check() -> None:
    """Raises OcrError(unavailable) while the broker is unreachable."""
    try:
        with celery.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
    except OperationalError:
        raise OcrError(
            "unavailable", "New work cannot be taken in at the moment.", permanent=False
        ) from None


def announce(job: Job) -> None:
    """Sends the job's id; execution.recovery sends it again if the broker refuses or loses it."""
    try:
        send(job)
    except OperationalError as error:
        logger.warning("job %s will be sent later: %s", job.pk, error)


def send(job: Job) -> None:
    """Raises kombu's OperationalError. A pause after a crash becomes the message's countdown."""
    pause = (job.run_after - timezone.now()).total_seconds() if job.run_after else 0
    celery.send_task(
        RUN_JOB, [str(job.pk)], queue=queue_of(job), countdown=max(0, pause), retry=False
    )


def queue_of(job: Job) -> str:
    own: str | None = settings.CELERY_ENGINE_QUEUES.get(job.engine)
    return own or _general_queue(Priority(job.priority))


def waiting_messages() -> int:
    """The number of ids that the broker holds in all queues together."""
    with celery.connection_for_read() as connection:
        channel = connection.default_channel
        return sum(
            Queue(name)(channel).queue_declare(passive=False).message_count
            for name in queue_names()
        )
