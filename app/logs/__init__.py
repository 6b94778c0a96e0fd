"""Logging as lines for people or JSON, with ids of request and job. Knows no Django.

Recognized text, passwords, keys and tokens are never logged (app/tests/operations/test_logs.py).
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
