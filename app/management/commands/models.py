from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from app.engines.paddleocr.published.listing import PublishedModel
from app.services.operations.models import FetchFailed, chosen, fetch, model_folder


class Command(BaseCommand):
    help = "Lists, fetches and checks the publishers' PP-OCRv5 recognizers of single scripts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("list", "fetch", "check"))
        parser.add_argument("names", nargs="*", help="Default of list and check: all of them")
        parser.add_argument("--folder", type=Path, help="Default: that of OCR_MODEL_DIRS")
        parser.add_argument("--mirror", default="", help="URL in place of the publisher's")
        parser.add_argument("--from", type=Path, dest="source", help="Folder with the files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = options["folder"] or model_folder()
            models = chosen(options["names"])
            if options["action"] == "fetch":
                self._fetch(models, folder, options)
            else:
                self._show(models, folder, required=options["action"] == "check")
        except FetchFailed as error:
            raise CommandError(str(error)) from error

    def _fetch(self, models: list[PublishedModel], folder: Path, options: dict[str, Any]) -> None:
        if not options["names"]:
            raise CommandError("Name the models to fetch; `models list` shows them.")
        for model in models:
            new = fetch(model, folder, mirror=options["mirror"], source=options["source"])
            said = "fetched" if new else "was there already"
            self.stdout.write(f"{model.file_name}: {said}, checksum right")

    def _show(self, models: list[PublishedModel], folder: Path, *, required: bool) -> None:
        """Lists the models' states. required: raise CommandError for damaged files."""
        states = {model: model.state_in(folder) for model in models}
        for model, state in states.items():
            self.stdout.write(f"{model.name:11} {state:9} {' '.join(model.languages)}")
        damaged = [model.file_name for model, state in states.items() if state == "damaged"]
        if required and damaged:
            raise CommandError(f"Damaged: {', '.join(damaged)}. Fetch them again.")
