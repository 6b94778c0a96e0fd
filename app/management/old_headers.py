"""Django's development server drops headers with underscores; two of them are an old contract's."""

from __future__ import annotations

from typing import Any

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

from app.http.chunked_bodies import ChunkedBodies

# As nginx and uWSGI pass them on; docs/compat/ocr-process.md.
OLD_HEADERS = {"api_key": "api-key", "user_id": "user-id"}


class OldHeadersHandler(ChunkedBodies, WSGIRequestHandler):
    def get_environ(self) -> dict[str, Any]:
        for old, new in OLD_HEADERS.items():
            if old in self.headers and new not in self.headers:
                self.headers[new] = self.headers[old]
        environ: dict[str, Any] = super().get_environ()
        return environ


class OldHeadersServer(WSGIServer):
    """runserver names the handler itself, so the server replaces it."""

    def __init__(self, address: Any, handler: Any, **options: Any) -> None:
        super().__init__(address, OldHeadersHandler, **options)
