"""Log lines for people or as JSON, which say to what request and job they belong. No Django here.

Recognized text, passwords, keys and tokens are never logged; app/tests/operations/test_logs.py.
"""

from .config import logging_config
from .context import current_context, log_context
from .paths import HIDDEN, hide_long_words, loggable_path

__all__ = [
    "HIDDEN",
    "current_context",
    "hide_long_words",
    "log_context",
    "loggable_path",
    "logging_config",
]
