from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.options import Options
from app.ocr.result import Page

from .counters import count_page

if TYPE_CHECKING:
    from app.services.jobs.execution.run import Reader


class MeasuredReader:
    """Counts and times what another reader reads."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        return self.reader.page_numbers(path, media_type, options)

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        started = time.perf_counter()
        engine, outcome = options.engine, "stopped"
        try:
            page = self.reader.recognize(path, media_type, number, options)
            engine, outcome = page.engine, "read"
        except OcrError as error:
            outcome = error.code
            raise
        except EngineCrashed:
            outcome = "engine_crashed"
            raise
        finally:
            count_page(engine=engine, outcome=outcome, seconds=time.perf_counter() - started)
        return page
