"""Use of every core: idle slots read pages of running documents ahead, and a page on its own is
granted the cores that are idle.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress

from app.logs import current_context, log_context
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import Drawing
from app.ocr.result import Page

from .process import TICK, RecognizerProcess

StorePictures = Callable[[Page, list[bytes]], None]


class Abandoned(Exception):
    """The page is not needed any more: its job was cancelled, or another worker has it."""


class PagePool:
    """The documents that the slots of one worker are reading.

    call_helper: wakes an idle slot. cores: of all slots together.
    """

    def __init__(
        self,
        slots: int = 1,
        call_helper: Callable[[], None] = lambda: None,
        *,
        cores: int = 1,
    ) -> None:
        self.call_helper = call_helper
        self.cores = cores
        self.pages_ahead = 2 * (slots - 1)  # so that no helper has to wait for the next page
        self._documents: list[PagePrefetcher] = []
        self._busy = 0
        self._lock = threading.Lock()

    @contextmanager
    def prefetcher(
        self,
        process: RecognizerProcess,
        watch: Callable[[], None],
        store_pictures: StorePictures | None = None,
    ) -> Iterator[PagePrefetcher]:
        """For one job. watch: called several times a second; what it raises ends the reading.

        store_pictures: called with the pictures of each page; without it none are drawn.
        """
        document = PagePrefetcher(process, watch, self, store_pictures)
        self._documents.append(document)
        try:
            yield document
        finally:
            self._documents.remove(document)
            document.unread.clear()

    def help(self, process: RecognizerProcess) -> bool:
        """Has the process read one page of a document; False if none has a page to spare."""
        return any(document.help(process) for document in tuple(self._documents))

    @contextmanager
    def grant_cores(self) -> Iterator[int]:
        """How many cores the page may use that is read in the block: those that no other page
        uses or is about to use. Jobs that wait have idle slots take them within milliseconds."""
        with self._lock:
            self._busy += 1
            taken = self._busy + sum(len(document.unread) for document in self._documents)
        try:
            yield max(1, self.cores - taken + 1)
        finally:
            with self._lock:
                self._busy -= 1


class PagePrefetcher:
    """A Reader (jobs/execution/run.py) in one slot's thread; other threads call help()."""

    def __init__(
        self,
        process: RecognizerProcess,
        watch: Callable[[], None],
        pool: PagePool,
        store_pictures: StorePictures | None,
    ) -> None:
        self.process = process
        self.watch = watch
        self.pool = pool
        self.store_pictures = store_pictures
        self.log_ids = current_context()
        self.numbers: tuple[int, ...] = ()
        self.pages: dict[int, Future[Page]] = {}
        # On offer; the first thread that is free takes the first.
        self.unread: deque[tuple[SourceFile, int, Options]] = deque()
        self.abandoned = False

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        with self.process.watched(self.watch):
            self.numbers = self.process.page_numbers(file, options)
        return self.numbers

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        """number: as page_numbers() has them, and in that order."""
        self.take_pictures()  # of the page before, whose text is stored by now
        for each in self._from(number):
            if each not in self.pages:
                self.pages[each] = Future()
                self.unread.append((file, each, options))
                if each != number:
                    self.pool.call_helper()
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
            with log_context(**self.log_ids):
                if not self._read_next(process, self._check_needed):
                    return False
                self.take_pictures(process)
                return True
        except Abandoned:
            return True

    def take_pictures(self, process: RecognizerProcess | None = None) -> None:
        """Waits for the pictures of the page that the process read last, and stores them.

        process: of a helper. A page whose pictures fail has its text all the same.
        """
        if self.store_pictures is None:
            return
        with suppress(OcrError, EngineCrashed):
            if drawn := (process or self.process).take_pictures():
                self.store_pictures(*drawn)

    def _from(self, number: int) -> tuple[int, ...]:
        """The page and those that may be read before it is done."""
        first = self.numbers.index(number)
        return self.numbers[first : first + 1 + self.pool.pages_ahead]

    def _read_next(self, process: RecognizerProcess, watch: Callable[[], None]) -> bool:
        """False if every page on offer is taken. The engine's errors are for recognize()."""
        try:
            file, number, options = self.unread.popleft()
        except IndexError:
            return False
        page = self.pages[number]
        try:
            self.take_pictures(process)
            drawing = self._drawing(number, options)
            with process.watched(watch), self.pool.grant_cores() as cores:
                read = process.recognize(file, number, options, drawing=drawing, cores=cores)
                page.set_result(read)
        except (OcrError, EngineCrashed) as error:
            page.set_exception(error)
        finally:
            if not page.done():
                page.set_exception(EngineCrashed("given up"))
        return True

    def _drawing(self, number: int, options: Options) -> Drawing:
        """A first page has its picture with the text; of others those that need no decoding.

        A locked file cannot be opened once its password is erased, at the end of the job.
        """
        if self.store_pictures is None:
            return Drawing.NONE
        if options.password or number == self.numbers[0]:
            return Drawing.ALWAYS
        return Drawing.IF_DECODED

    def _check_needed(self) -> None:
        if self.abandoned:
            raise Abandoned
