"""Calls back when a job or batch has ended: signed, tried again, and logged for its owner."""

from .delivering import deliver_due
from .promises import Callback, job_ended, promise
from .signing import secret_of, sign

__all__ = ["Callback", "deliver_due", "job_ended", "promise", "secret_of", "sign"]
