from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from app.services.operations.retention import prune


class Command(BaseCommand):
    help = "Deletes what is older than the retention settings allow; workers do it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = ", ".join(f"{count} {what}" for what, count in prune().items())
        self.stdout.write(f"Deleted: {counts}.")
