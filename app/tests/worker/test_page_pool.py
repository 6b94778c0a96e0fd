"""Two threads that read one document, in an order that the tests prescribe."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.logs import current_context, log_context
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.tests.worker.hostile import one_word_page
from app.worker.page_pool import PagePool

DOCUMENT = SourceFile(Path("document.pdf"), "application/pdf")
LONG = 60  # seconds after which a test has failed


class Process:
    """A recognizing process that does `before_page` before it has read a page."""

    def __init__(
        self, before_page: Callable[[Process, int], None] = lambda process, number: None
    ) -> None:
        self.before_page = before_page
        self.read: list[int] = []
        self.watch: Callable[[], None] = lambda: None

    @contextmanager
    def watched(self, watch):
        self.watch = watch
        yield

    def page_numbers(self, file, options):
        return (1, 2, 3)

    def recognize(self, file, number, options, *, cores=1) -> Page:
        self.before_page(self, number)
        self.read.append(number)
        return one_word_page(number, f"page {number}")


@pytest.fixture
def helpers():
    with ThreadPoolExecutor() as threads:
        yield threads


def nothing() -> None:
    pass


def test_pages_are_read_by_two_and_come_in_order(helpers):
    def be_helped(process: Process, number: int) -> None:
        if number == 1:
            assert helpers.submit(pool.help, helper).result(LONG)

    called = []
    pool = PagePool(2, lambda: called.append(True))
    own, helper = Process(be_helped), Process()
    with pool.prefetcher(own, nothing) as reader:
        numbers = reader.page_numbers(DOCUMENT, Options())
        pages = [reader.recognize(DOCUMENT, number, Options()) for number in numbers]
    assert [page.text for page in pages] == ["page 1", "page 2", "page 3"]
    assert (own.read, helper.read) == ([1, 3], [2])
    assert called
    assert not pool.help(helper)


def test_lines_about_a_page_name_its_job_whoever_reads_it(helpers):
    logged_by_helper = []

    def be_helped(process: Process, number: int) -> None:
        helpers.submit(pool.help, Process(note)).result(LONG)

    def note(process: Process, number: int) -> None:
        logged_by_helper.append(current_context())

    pool = PagePool(2)
    with log_context(job_id="j1"), pool.prefetcher(Process(be_helped), nothing) as reader:
        reader.page_numbers(DOCUMENT, Options())
        reader.recognize(DOCUMENT, 1, Options())
    assert logged_by_helper[0] == {"job_id": "j1"}


def test_without_helpers_pages_are_read_one_by_one():
    own = Process()
    with PagePool().prefetcher(own, nothing) as reader:
        reader.page_numbers(DOCUMENT, Options())
        reader.recognize(DOCUMENT, 1, Options())
        assert own.read == [1]


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        (OcrError("page_timeout", "Too slow."), OcrError),
        (EngineCrashed("exit status -9"), EngineCrashed),
        (ZeroDivisionError(), EngineCrashed),
    ],
)
def test_what_happens_to_a_helper_is_raised_at_its_page(helpers, fault, raised):
    def fail(process: Process, number: int) -> None:
        raise fault

    def be_helped(process: Process, number: int) -> None:
        if number == 1:
            helpers.submit(pool.help, Process(fail)).exception(LONG)

    pool = PagePool(2)
    with pool.prefetcher(Process(be_helped), nothing) as reader:
        reader.page_numbers(DOCUMENT, Options())
        assert reader.recognize(DOCUMENT, 1, Options()).text == "page 1"
        with pytest.raises(raised):
            reader.recognize(DOCUMENT, 2, Options())


class Cancelled(Exception):
    pass


def test_helper_stops_when_the_job_is_cancelled(helpers):
    helping = threading.Event()

    def until_it_is_abandoned(process: Process, number: int) -> None:
        helping.set()
        while True:
            process.watch()

    def be_cancelled(process: Process, number: int) -> None:
        helped.append(helpers.submit(pool.help, Process(until_it_is_abandoned)))
        assert helping.wait(LONG)
        raise Cancelled

    helped: list[Future[bool]] = []
    pool = PagePool(2)
    with pool.prefetcher(Process(be_cancelled), nothing) as reader:
        reader.page_numbers(DOCUMENT, Options())
        with pytest.raises(Cancelled):
            reader.recognize(DOCUMENT, 1, Options())
    assert helped[0].result(LONG)


def test_cancellation_is_noticed_while_a_helpers_page_is_waited_for():
    def cancelled() -> None:
        raise Cancelled

    with PagePool().prefetcher(Process(), cancelled) as reader:
        reader.page_numbers(DOCUMENT, Options())
        reader.pages[1] = Future()  # a helper has it
        with pytest.raises(Cancelled):
            reader.recognize(DOCUMENT, 1, Options())
