from __future__ import annotations

import logging

from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter

from .context import current_context
from .paths import loggable_path


class AddContext(logging.Filter):
    """Gives each record the ids of its request and job, and takes secrets out of its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        ids = current_context()
        record.__dict__.update(ids)
        record.ids = "".join(f" {name}={value}" for name, value in ids.items())
        # Django's own lines about a request have its path as an argument.
        request = record.__dict__.pop("request", None)
        if hasattr(request, "path") and isinstance(record.args, tuple):
            record.args = tuple(
                loggable_path(request) if argument == request.path else argument
                for argument in record.args
            )
        return True


class JsonFormatter(BaseJsonFormatter):
    """One JSON object per line: time, level, logger, message, the ids, what `extra` says."""

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
            reserved_attrs=[*logging.makeLogRecord({}).__dict__, "message", "asctime", "ids"],
        )
