"""Content negotiation; a file of its own, as all faces use it."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class IgnoreAcceptHeader(DefaultContentNegotiation):
    """Renders with the first renderer, whatever `Accept` asks for: files, and old clients."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class JsonWhateverIsAsked(DefaultContentNegotiation):
    """The first renderer where none makes what `Accept` asks for: JSON is more use than a 406."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type
