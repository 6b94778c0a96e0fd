"""Jobs: submitting, waiting, running and ending recognitions. The Job row is the only truth."""

from .cancel import cancel, stop
from .queue import queue_position
from .retry import RETRIABLE, retry
from .submit import submit
from .wait import wait

__all__ = ["RETRIABLE", "cancel", "queue_position", "retry", "stop", "submit", "wait"]
