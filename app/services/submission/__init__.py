"""The one entry point for files to recognize: pages, APIs, vendor APIs and batches submit here."""

from .outcome import check_outcome, outcome, recognize
from .submit import SubmissionRequest, check_options, submit

__all__ = [
    "SubmissionRequest",
    "check_options",
    "check_outcome",
    "outcome",
    "recognize",
    "submit",
]
