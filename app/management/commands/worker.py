from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from app.sandbox.limits import die_with_parent
from app.services.operations.metrics import patch_prometheus
from app.worker.settings import core_count, slot_count


class Command(BaseCommand):
    help = "Runs queued jobs until it is stopped with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slots", type=int, default=0, help="Jobs at once; default: WORKERS.")
        parser.add_argument("--queues", default="", help="With Celery: names separated by commas.")
        parser.add_argument(
            "--die-with-parent",
            action="store_true",
            help="End at once when the process that started this one has ended (Linux).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["die_with_parent"]:
            die_with_parent(os.getppid())
        patch_prometheus()
        slots = options["slots"] or slot_count()
        cores = options["slots"] or core_count()
        if settings.JOB_DELIVERY == "celery":
            from app.worker.celery import serve

            sys.exit(serve(slots=slots, cores=cores, queues=options["queues"]))
        from app.worker.supervisor import Supervisor

        Supervisor(slots, cores).run()
