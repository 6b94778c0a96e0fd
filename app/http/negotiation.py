"""Content negotiation of views with one type of answer; a file of its own, as all faces use it."""

from __future__ import annotations

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class IgnoreAcceptHeader(DefaultContentNegotiation):
    """Renders with the first renderer, whatever `Accept` asks for: files, and old clients."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
