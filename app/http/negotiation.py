"""Content negotiation of all views of the REST framework."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request


class IgnoreAcceptHeader(DefaultContentNegotiation):
    """Uses the first renderer, whatever `Accept` requests: for files, and for old clients."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class JsonWhateverIsAsked(DefaultContentNegotiation):
    """Falls back to the first renderer if none fits `Accept`: JSON is more useful than a 406."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], renderers[0].media_type
