from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.management.commands.runserver import Command as RunserverCommand

from app.management.old_headers import OldHeadersServer


class Command(RunserverCommand):
    """Serves the site for development, with a worker beside it."""

    server_cls = OldHeadersServer

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        # Static files are served from their sources, with DEBUG off too: nothing to collect first.
        parser.set_defaults(insecure_serving=True)
        parser.add_argument(
            "--noworker", action="store_false", dest="use_worker", help="Start no worker."
        )

    def inner_run(self, *args: Any, **options: Any) -> None:
        # The autoreloader calls this in its child only, and again after each change of the code.
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
