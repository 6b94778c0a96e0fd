"""Calls back when a job or batch has ended: signed, tried again, and logged for its owner."""

from .delivery import deliver_due
from .signing import secret_of, sign
from .subscriptions import Callback, job_ended, promise

__all__ = ["Callback", "deliver_due", "job_ended", "promise", "secret_of", "sign"]
