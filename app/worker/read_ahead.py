"""Slots without a job read pages of another slot's document ahead, so one PDF uses every core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from pathlib import Path

from app.logs import about, current
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.options import Options
from app.ocr.result import Page
from app.services.operations.metrics import MeasuredReader

from .process import TICK, RecognizerProcess


class Abandoned(Exception):
    """Nobody wants the page any more: its job was cancelled, or another worker has it."""


class Board:
    """The documents that the slots of one worker are reading, for those that have none."""

    def __init__(self, slots: int = 1, call_helper: Callable[[], None] = lambda: None) -> None:
        self.call_helper = call_helper
        self.pages_ahead = 2 * (slots - 1)  # so that no helper has to wait for the next page
        self._documents: list[ReadAhead] = []

    @contextmanager
    def reader(self, process: RecognizerProcess, watch: Callable[[], None]) -> Iterator[ReadAhead]:
        """For one job. watch: called several times a second; what it raises ends the reading."""
        document = ReadAhead(process, watch, self)
        self._documents.append(document)
        try:
            yield document
        finally:
            self._documents.remove(document)
            document.unread.clear()

    def help(self, process: RecognizerProcess) -> bool:
        """Has the process read one page of a document; False if none has a page to spare."""
        return any(document.help(process) for document in tuple(self._documents))


class ReadAhead:
    """A Reader (jobs/execution/run.py) in one slot's thread; other threads call help()."""

    def __init__(self, process: RecognizerProcess, watch: Callable[[], None], board: Board) -> None:
        self.process = process
        self.watch = watch
        self.board = board
        self.log_ids = current()
        self.numbers: tuple[int, ...] = ()
        self.pages: dict[int, Future[Page]] = {}
        # On offer; whoever is free takes the first.
        self.unread: deque[tuple[int, Path, str, Options]] = deque()
        self.abandoned = False

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        with self.process.watched(self.watch):
            self.numbers = self.process.page_numbers(path, media_type, options)
        return self.numbers

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        """number: as page_numbers() has them, and in that order."""
        for each in self._from(number):
            if each not in self.pages:
                self.pages[each] = Future()
                self.unread.append((each, path, media_type, options))
                if each != number:
                    self.board.call_helper()
        page = self.pages[number]
        try:
            while not page.done():
                if not self._read_next(self.process, self.watch):
                    wait_for([page], timeout=TICK)
                    self.watch()
        except BaseException:
            self.abandoned = True
            raise
        return self.pages.pop(number).result()

    def help(self, process: RecognizerProcess) -> bool:
        try:
            with about(**self.log_ids):
                return self._read_next(process, self._check_wanted)
        except Abandoned:
            return True

    def _from(self, number: int) -> tuple[int, ...]:
        """The page and those that may be read before it is done."""
        first = self.numbers.index(number)
        return self.numbers[first : first + 1 + self.board.pages_ahead]

    def _read_next(self, process: RecognizerProcess, watch: Callable[[], None]) -> bool:
        """False if every page on offer is taken. The engine's errors are for recognize()."""
        try:
            number, path, media_type, options = self.unread.popleft()
        except IndexError:
            return False
        page = self.pages[number]
        try:
            with process.watched(watch):
                page.set_result(
                    MeasuredReader(process).recognize(path, media_type, number, options)
                )
        except (OcrError, EngineCrashed) as error:
            page.set_exception(error)
        finally:
            if not page.done():
                page.set_exception(EngineCrashed("given up"))
        return True

    def _check_wanted(self) -> None:
        if self.abandoned:
            raise Abandoned
