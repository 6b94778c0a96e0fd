from __future__ import annotations

from typing import Any

LINE = "{asctime} {levelname} {name} {message}{ids}"


def logging_config(*, form: str, level: str) -> dict[str, Any]:
    """For logging.config.dictConfig. form: "line" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": "app.logs.formats.AddContext"}},
        "formatters": {
            "line": {"format": LINE, "style": "{"},
            "json": {"()": "app.logs.formats.JsonFormatter"},
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
            # It logs whole URLs, and those of webhooks may carry secrets.
            "httpx": {"level": "WARNING"},
            # With DEBUG it logs statements with their values, which are people's texts.
            "django.db.backends": {"level": "INFO"},
            # Django's own handlers would print the lines a second time, without the filter.
            "django": {"handlers": [], "level": "NOTSET"},
            "django.server": {"handlers": [], "propagate": True},
        },
    }
