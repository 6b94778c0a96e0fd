"""Use of all cores: idle slots read pages of running documents ahead, and a page on its own is
granted the idle cores.
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
    """The page is no longer needed: its job was cancelled, or another worker has it."""


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
        self.pages_ahead = 2 * (slots - 1)  # so that helpers need not wait for the next page
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
        """The prefetcher of one job. watch: called several times a second; its exceptions end the
        reading.

        store_pictures: called with the pictures of each page; if missing, none are drawn.
        """
        document = PagePrefetcher(process, watch, self, store_pictures)
        self._documents.append(document)
        try:
            yield document
        finally:
            self._documents.remove(document)
            document.unread.clear()

    def help(self, process: RecognizerProcess) -> bool:
        """Lets the process read one page of a document; False if no document has a page on
        offer."""
        return any(document.help(process) for document in tuple(self._documents))

    @contextmanager
    def grant_cores(self) -> Iterator[int]:
        """The number of cores for the page that is read in the block: those that no other page uses
        or is about to use. Idle slots take waiting jobs within milliseconds."""
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
        # Pages on offer; the first free thread takes the first page.
        self.unread: deque[tuple[SourceFile, int, Options]] = deque()
        self.abandoned = False

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        with self.process.watched(self.watch):
            self.numbers = self.process.page_numbers(file, options)
        return self.numbers

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        """Reads a page. number: one of page_numbers(), in that order."""
        self.take_pictures()  # of the previous page, whose text is stored by now
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
        """Waits for the pictures of the page that the process read last and stores them.

        process: a helper's. A page whose pictures fail keeps its text.
        """
        if self.store_pictures is None:
            return
        with suppress(OcrError, EngineCrashed):
            if drawn := (process or self.process).take_pictures():
                self.store_pictures(*drawn)

    def _from(self, number: int) -> tuple[int, ...]:
        """The page and the pages that may be read before it is done."""
        first = self.numbers.index(number)
        return self.numbers[first : first + 1 + self.pool.pages_ahead]

    def _read_next(self, process: RecognizerProcess, watch: Callable[[], None]) -> bool:
        """Reads the next page on offer; False if all are taken. recognize() raises the engine's
        errors."""
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
        """The pictures to draw at once: all of a first page, and those of others that need no
        decoding.

        An encrypted file cannot be opened after the end of the job, which erases its password.
        """
        if self.store_pictures is None:
            return Drawing.NONE
        if options.password or number == self.numbers[0]:
            return Drawing.ALWAYS
        return Drawing.IF_DECODED

    def _check_needed(self) -> None:
        if self.abandoned:
            raise Abandoned
