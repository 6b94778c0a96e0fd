from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from app.services.operations.backup import BackupRefused, DatabaseCopyFailed, create


class Command(BaseCommand):
    help = "Writes database, media and secret key into one .tar, while the site goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="Default: onlineocr-<time>.tar")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"] or Path(f"onlineocr-{timezone.now():%Y%m%d-%H%M%S}.tar")
        try:
            count = create(path)
        except (BackupRefused, DatabaseCopyFailed, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {count} files, {path.stat().st_size / 1e6:.1f} MB")
