"""One page on several cores gives the same text, in the same order, with the same errors."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.recognition import Character, LineReader
from app.engines.runtime.cores import granted_cores, in_background, in_parallel, use_cores
from app.ocr.options import Options
from app.ocr.source.base import Pixels
from app.tests.drawing import draw_lines, pixels

ENGLISH = Options(languages=("eng",))
LINES = [f"{number} bottles of {name} ink" for number in (17, 204) for name in ("blue", "red")]
LONG = 60  # seconds after which a test has failed


def test_one_core_is_granted_unless_more_are() -> None:
    assert granted_cores() == 1
    with use_cores(3):
        assert granted_cores() == 3
    assert granted_cores() == 1


def test_results_come_in_the_order_of_the_items_whichever_ends_first() -> None:
    second_has_ended = threading.Event()

    def work(item: int) -> int:
        if item == 1:
            assert second_has_ended.wait(LONG)
        if item == 2:
            second_has_ended.set()
        return 10 * item

    with use_cores(2):
        assert in_parallel(work, [1, 2, 3]) == [10, 20, 30]


def test_work_that_is_spread_is_not_spread_again() -> None:
    both = threading.Barrier(2, timeout=LONG)

    def work(item: int) -> int:
        both.wait()
        return granted_cores()

    with use_cores(2):
        assert in_parallel(work, [1, 2]) == [1, 1]


def test_on_one_core_everything_happens_in_the_callers_thread() -> None:
    threads = in_parallel(lambda item: threading.get_ident(), [1, 2])
    assert set(threads) == {threading.get_ident()}


def test_error_comes_after_all_that_had_begun_has_ended() -> None:
    both = threading.Barrier(2, timeout=LONG)
    ended = []

    def work(item: int) -> None:
        both.wait()
        if item == 1:
            raise MemoryError
        ended.append(item)

    with use_cores(2), pytest.raises(MemoryError):
        in_parallel(work, [1, 2])
    assert ended == [2]


def test_costly_items_are_begun_first_and_the_order_of_results_is_kept() -> None:
    begun = []
    both = threading.Barrier(2, timeout=LONG)

    def work(item: int) -> int:
        begun.append(item)
        if item > 1:
            both.wait()
        return item

    with use_cores(2):
        assert in_parallel(work, [1, 2, 3], cost=float) == [1, 2, 3]
    assert begun[-1] == 1


def test_work_in_the_background_is_done_meanwhile() -> None:
    begun, seen = threading.Event(), []

    def work() -> int:
        begun.set()
        return threading.get_ident()

    with use_cores(2):
        result = in_background(work)
        assert begun.wait(LONG)
        seen.append(result())
    assert seen != [threading.get_ident()]


def test_work_for_which_no_core_is_idle_is_done_when_its_result_is_needed() -> None:
    go_on = threading.Event()
    assert in_background(threading.get_ident)() == threading.get_ident()
    with use_cores(2):
        in_background(lambda: go_on.wait(LONG))
        late = in_background(threading.get_ident)
        assert in_parallel(lambda _: threading.get_ident(), [1, 2]) == 2 * [threading.get_ident()]
        assert late() == threading.get_ident()
        go_on.set()


def test_error_in_the_background_is_raised_where_the_result_is_needed() -> None:
    def work() -> None:
        raise MemoryError

    with use_cores(2):
        result = in_background(work)
        with pytest.raises(MemoryError):
            result()


@pytest.fixture(scope="module")
def engine() -> PaddleOcrEngine:
    return PaddleOcrEngine(EngineConfig(cores=3))


def test_page_is_the_same_on_one_core_and_on_several(engine: PaddleOcrEngine) -> None:
    drawn = pixels(draw_lines(*LINES))
    alone = engine.recognize(drawn, ENGLISH)
    with use_cores(3):
        together = engine.recognize(drawn, ENGLISH)
    assert "204 bottles of red ink" in alone.text
    assert together == alone


def test_lines_of_a_page_are_read_at_the_same_time(
    engine: PaddleOcrEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_three = threading.Barrier(3, timeout=LONG)

    def read(line: Pixels, options: Options) -> list[Character]:
        all_three.wait()
        return [Character("x", 0.5, 1.0)]

    monkeypatch.setattr(engine.page_reader, "read_line", read)
    with use_cores(3):
        page = engine.recognize(pixels(draw_lines(*LINES[:3])), ENGLISH)
    assert page.text.split() == ["x", "x", "x"]


DENORMAL = """
import numpy as np
from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
engine = PaddleOcrEngine(EngineConfig())
engine.text_boxes(np.full((64, 64), 255, np.uint8))
print((np.full(8, np.finfo(np.float32).tiny) / np.float32(4)).any())
"""


def test_networks_make_no_denormal_numbers() -> None:
    """Denormal numbers slow processors down many times; PP-OCRv6's detector is full of them."""
    said = subprocess.check_output([sys.executable, "-c", DENORMAL], text=True)
    assert said.strip() == "False"


def test_reader_is_one_for_all_threads(engine: PaddleOcrEngine) -> None:
    """Options change between pages, never within one."""
    quick = engine.page_reader.readers.quick
    assert isinstance(quick, LineReader)
    line = pixels(draw_lines(LINES[0]))
    with use_cores(2):
        read = in_parallel(lambda _: quick(line, ENGLISH), range(6))
    assert all(each == read[0] for each in read)
