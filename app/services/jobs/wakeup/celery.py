"""JOB_DELIVERY=celery: a broker carries job ids to workers on many machines. It knows no more.

Only imported then; Celery comes with requirements-scale.txt.
"""

from __future__ import annotations

from celery import Celery
from django.conf import settings
from django.utils import timezone
from kombu.entity import Queue
from kombu.exceptions import OperationalError

from app.models import Job, Priority
from app.ocr.errors import OcrError

RUN_JOB = "onlineocr.run_job"
# The most urgent first: workers on Redis take from them in this order.
PRIORITY_QUEUES = tuple(f"ocr.{priority.name.lower()}" for priority in Priority)
CONNECT_SECONDS = 2


def queue_names() -> tuple[str, ...]:
    """Those of the priorities, and those that CELERY_ENGINE_QUEUES gives to single engines."""
    return (*PRIORITY_QUEUES, *dict.fromkeys(settings.CELERY_ENGINE_QUEUES.values()))


celery = Celery("onlineocr", broker=settings.CELERY_BROKER_URL, set_as_current=False)
celery.conf.update(
    task_queues=[Queue(name) for name in queue_names()],
    task_default_queue=PRIORITY_QUEUES[1],
    # No results, late acknowledgement or prefetching: the table knows what runs and what is lost.
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
    """Raises OcrError(unavailable) while the broker is away."""
    try:
        with celery.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
    except OperationalError:
        raise OcrError(
            "unavailable", "New work cannot be taken in at the moment.", permanent=False
        ) from None


def send(job: Job) -> None:
    """What the broker loses, the reaper sends again."""
    pause = (job.run_after - timezone.now()).total_seconds() if job.run_after else 0
    celery.send_task(
        RUN_JOB, [str(job.pk)], queue=queue_of(job), countdown=max(0, pause), retry=False
    )


def queue_of(job: Job) -> str:
    own: str | None = settings.CELERY_ENGINE_QUEUES.get(job.engine)
    return own or f"ocr.{Priority(job.priority).name.lower()}"


def waiting_messages() -> int:
    """How many ids the broker holds in all queues together."""
    with celery.connection_for_read() as connection:
        channel = connection.default_channel
        return sum(
            Queue(name)(channel).queue_declare(passive=False).message_count
            for name in queue_names()
        )
