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
from app.ocr.picture_sizes import Drawing
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
        self.cores: list[int] = []
        self.watch: Callable[[], None] = lambda: None
        self.drawn: tuple[Page, list[bytes]] | None = None

    @contextmanager
    def watched(self, watch):
        self.watch = watch
        yield

    def page_numbers(self, file, options):
        return (1, 2, 3)

    def recognize(self, file, number, options, *, drawing=Drawing.NONE, cores=1) -> Page:
        self.cores.append(cores)
        self.before_page(self, number)
        self.read.append(number)
        page = one_word_page(number, f"page {number}")
        self.drawn = None if drawing == Drawing.NONE else (page, [f"{drawing} {number}".encode()])
        return page

    def take_pictures(self):
        drawn, self.drawn = self.drawn, None
        return drawn


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


def test_pictures_of_all_pages_are_stored_whoever_reads_them(helpers):
    def be_helped(process: Process, number: int) -> None:
        if number == 1:
            assert helpers.submit(pool.help, Process()).result(LONG)

    stored: dict[int, list[bytes]] = {}
    pool = PagePool(2)
    with pool.prefetcher(
        Process(be_helped), nothing, lambda page, pictures: stored.update({page.number: pictures})
    ) as reader:
        for number in reader.page_numbers(DOCUMENT, Options()):
            reader.recognize(DOCUMENT, number, Options())
        assert sorted(stored) == [1, 2]
        reader.take_pictures()
    assert stored == {1: [b"always 1"], 2: [b"if decoded 2"], 3: [b"if decoded 3"]}


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
        reader.pages[1] = Future()  # a helper thread has it
        with pytest.raises(Cancelled):
            reader.recognize(DOCUMENT, 1, Options())


class OnePage(Process):
    def page_numbers(self, file, options):
        return (1,)


def read_document(pool: PagePool, process: Process) -> None:
    with pool.prefetcher(process, nothing) as reader:
        for number in reader.page_numbers(DOCUMENT, Options()):
            reader.recognize(DOCUMENT, number, Options())


def test_page_on_its_own_is_granted_all_cores():
    process = OnePage()
    read_document(PagePool(2, cores=4), process)
    assert process.cores == [4]


def test_page_is_granted_the_cores_that_no_other_page_uses(helpers):
    def read_another(process: Process, number: int) -> None:
        helpers.submit(read_document, pool, other).result(LONG)

    pool, other = PagePool(4, cores=4), OnePage()
    read_document(pool, OnePage(read_another))
    assert other.cores == [3]
    again = OnePage()
    read_document(pool, again)
    assert again.cores == [4]  # cores of finished pages are idle again


def test_no_page_has_less_than_its_own_core(helpers):
    def read_another(process: Process, number: int) -> None:
        helpers.submit(read_document, pool, other).result(LONG)

    pool, other = PagePool(1, cores=1), OnePage()
    read_document(pool, OnePage(read_another))
    assert other.cores == [1]


def test_pages_that_wait_for_helpers_keep_their_cores():
    process = Process()
    read_document(PagePool(3, cores=3), process)
    assert process.cores == [1, 2, 3]  # two pages wait behind the first, one behind the second


def test_cores_of_a_page_that_failed_are_idle_again():
    def fail(process: Process, number: int) -> None:
        raise EngineCrashed("exit status -9")

    pool, after = PagePool(2, cores=2), OnePage()
    with pytest.raises(EngineCrashed):
        read_document(pool, OnePage(fail))
    read_document(pool, after)
    assert after.cores == [2]
