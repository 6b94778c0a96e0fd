from __future__ import annotations

from rest_framework.routers import SimpleRouter


class Router(SimpleRouter):
    """Takes every path with a trailing slash, without one, and with a `.json` suffix."""

    include_format_suffixes = True

    def __init__(self) -> None:
        super().__init__()
        self.trailing_slash = "/?"
