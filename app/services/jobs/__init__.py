"""Jobs: submit, wait for, retry and cancel recognitions. The Job row is the only truth.

These functions are for callers; `execution` is the worker's side; `wakeup` notifies processes.
"""

from .cancel import cancel, stop
from .place import Place, batch_place, place
from .retry import RETRIABLE, retry
from .wait import wait

__all__ = ["RETRIABLE", "Place", "batch_place", "cancel", "place", "retry", "stop", "wait"]
