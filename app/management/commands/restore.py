from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from app.services.operations.backup import (
    BackupDamaged,
    DatabaseCopyFailed,
    RestoreRefused,
    restore,
)


class Command(BaseCommand):
    help = "Makes this site what it was when `manage.py backup` wrote that file. Stop it first."
    # The database may have no tables yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="Delete the entries that are here now."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = restore(options["file"], replace=options["replace"])
        except (BackupDamaged, DatabaseCopyFailed, OSError, RestoreRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} files are back and have the right hashes.")
