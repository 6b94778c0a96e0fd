from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from app.sandbox.limits import die_with_parent
from app.worker.settings import slot_count


class Command(BaseCommand):
    help = "Recognizes queued jobs until it is stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slots", type=int, default=0, help="Jobs at once; default: WORKERS.")
        parser.add_argument("--queues", default="", help="With Celery: names, with commas.")
        parser.add_argument(
            "--die-with-parent",
            action="store_true",
            help="End at once when the process that started this one is gone (Linux).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["die_with_parent"]:
            die_with_parent(os.getppid())
        slots = options["slots"] or slot_count()
        if settings.JOB_DELIVERY == "celery":
            from app.worker.celery import serve

            sys.exit(serve(slots=slots, queues=options["queues"]))
        from app.worker.supervisor import Supervisor

        Supervisor(slots).run()
