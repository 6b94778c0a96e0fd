"""Development server with a worker, static files from source, and vendor APIs' headers."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as RunserverCommand
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

from app.http.bodies.chunked import ChunkedBodies

# Django's server drops headers with underscores; nginx and uWSGI pass two of them on under these
# names (docs/compat/ocr-process.md).
UNDERSCORE_HEADERS = {"api_key": "api-key", "user_id": "user-id"}


class RequestHandler(ChunkedBodies, WSGIRequestHandler):
    def get_environ(self) -> dict[str, Any]:
        for sent, name in UNDERSCORE_HEADERS.items():
            if sent in self.headers and name not in self.headers:
                self.headers[name] = self.headers[sent]
        environ: dict[str, Any] = super().get_environ()
        return environ


class Server(WSGIServer):
    """Uses our request handler instead of the one that runserver passes."""

    def __init__(self, address: Any, handler: Any, **options: Any) -> None:
        super().__init__(address, RequestHandler, **options)


class Command(RunserverCommand):
    """Serves the site for development, along with a worker."""

    server_cls = Server

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        # Serve static files from source even without DEBUG, so that collectstatic is not needed.
        parser.set_defaults(insecure_serving=True)
        parser.add_argument(
            "--noworker", action="store_false", dest="use_worker", help="Start no worker."
        )

    def inner_run(self, *args: Any, **options: Any) -> None:
        # The autoreloader calls this only in its child process, once per code change.
        if options["use_worker"] and settings.JOB_RUNNER == "process":
            with worker():
                super().inner_run(*args, **options)
        else:
            super().inner_run(*args, **options)


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, sys.argv[0], "worker", "--die-with-parent"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
