"""Jobs: submit, wait for, retry and cancel recognitions. The Job row is the only truth.

These are the callers' verbs. `execution` is the worker's side, `wakeup` tells processes of news.
"""

from .cancel import cancel, stop
from .place import Place, batch_place, place
from .retry import RETRIABLE, retry
from .wait import wait

__all__ = ["RETRIABLE", "Place", "batch_place", "cancel", "place", "retry", "stop", "wait"]
