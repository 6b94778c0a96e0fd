"""Log lines for people or as JSON, which say to what request and job they belong. No Django here.

Recognized text, passwords, keys and tokens are never logged; app/tests/operations/test_logs.py.
"""

from .config import logging_config
from .context import about, current
from .paths import HIDDEN, hide_long_words, loggable_path

__all__ = ["HIDDEN", "about", "current", "hide_long_words", "loggable_path", "logging_config"]
