"""Webhooks: signed calls at the end of a job or batch, retried, and logged for its owner."""

from .delivery import Attempt, deliver_due, send_test
from .messages import secret_of, sign
from .subscriptions import Callback, job_ended, register

__all__ = [
    "Attempt",
    "Callback",
    "deliver_due",
    "job_ended",
    "register",
    "secret_of",
    "send_test",
    "sign",
]
