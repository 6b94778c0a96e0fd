from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from app.worker.limits import die_with_parent
from app.worker.supervisor import Supervisor


class Command(BaseCommand):
    help = "Recognizes queued jobs until it is stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slots", type=int, default=0, help="Jobs at once; default: WORKERS.")
        parser.add_argument(
            "--die-with-parent",
            action="store_true",
            help="End at once when the process that started this one is gone (Linux).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["die_with_parent"]:
            die_with_parent(os.getppid())
        Supervisor(options["slots"]).run()
