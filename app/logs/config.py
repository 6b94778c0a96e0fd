"""Configuration of logging, and formats of its lines."""

from __future__ import annotations

import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter as BaseJsonFormatter

LINE = "{asctime} {levelname} {name} {message}{ids}"


def logging_config(*, form: str, level: str) -> dict[str, Any]:
    """For logging.config.dictConfig. form: "line" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": "app.logs.context.AddContext"}},
        "formatters": {
            "line": {"format": LINE, "style": "{"},
            "json": {"()": "app.logs.config.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["context"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Below WARNING it logs whole URLs, and those of webhooks may contain secrets.
            "httpx": {"level": "WARNING"},
            # At DEBUG it logs SQL with its parameters, which contain recognized texts.
            "django.db.backends": {"level": "INFO"},
            # Django's own handlers would print each line again, without the filter.
            "django": {"handlers": [], "level": "NOTSET"},
            "django.server": {"handlers": [], "propagate": True},
        },
    }


class JsonFormatter(BaseJsonFormatter):
    """One JSON object per line: time, level, logger, message, ids and the keys of `extra`."""

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
            reserved_attrs=[*logging.makeLogRecord({}).__dict__, "message", "asctime", "ids"],
        )
