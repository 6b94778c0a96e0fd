"""A recognizer without an engine that behaves, or misbehaves, as the document's options say.

options.whitelist names the fault, options.pages the number of pages. Known to no setting of
the site: tests put its dotted name into settings.RECOGNIZER.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.engines.base import EngineConfig
from app.engines.runtime.cores import granted_cores
from app.ocr.errors import OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import strip_count
from app.ocr.result import Bbox, Block, Line, Page, Word


def refuse() -> None:
    raise OcrError("unreadable_image", "Not a picture.")


def be_stubborn() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def write_raw(answer: bytes) -> None:
    """Writes to the worker directly, as a compromised process may."""
    os.write(int(sys.argv[1]), answer)


def hang_after(answer: bytes) -> None:
    write_raw(answer)
    time.sleep(3600)


def trickle() -> None:
    """A long answer, a byte at a time."""
    write_raw(b"\0\xff\xff\xff")
    while True:
        write_raw(b" ")
        time.sleep(0.01)


FAULTS: dict[str, Callable[[], object]] = {
    "exit": lambda: os._exit(3),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda: time.sleep(3600),
    "slow": lambda: time.sleep(0.2),
    "refuse": refuse,
    "bug": lambda: 1 // 0,
    "memory": lambda: bytearray(64 << 30),
    "stubborn": be_stubborn,
    "no JSON": lambda: hang_after(b"\0\0\0\4oops"),
    "no object": lambda: hang_after(b"\0\0\0\4[12]"),
    "too long": lambda: hang_after(b"\xff\xff\xff\xff{"),
    "half": lambda: hang_after(b"\0\0\1\0{"),
    "trickle": trickle,
}


class HostileRecognizer:
    def __init__(self, config: EngineConfig) -> None:
        self.config = config

    def warm_up(self) -> None:
        pass

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        return tuple(range(1, int(options.pages or 1) + 1))

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        fault = options.whitelist
        if fault in FAULTS:
            FAULTS[fault]()
        text = "a\x00b\ud800" if fault == "bad text" else f"page {number}"
        return one_word_page(number, text)

    has_pixels = True

    def previews(self, file: SourceFile, number: int, **how: Any) -> list[bytes]:
        names = ("thumbnail", *(f"strip {n}" for n in range(1, strip_count(*how["size"]) + 1)))
        return [f"page {number}, {name}".encode() for name in names]


class UnpreparedRecognizer(HostileRecognizer):
    def warm_up(self) -> None:
        raise OcrError("engine_unavailable", "Install it.")


class CountingRecognizer(HostileRecognizer):
    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        return one_word_page(number, f"{granted_cores()} of {self.config.cores}")


class BlindRecognizer(HostileRecognizer):
    def previews(self, file: SourceFile, number: int, **how: Any) -> list[bytes]:
        os._exit(3)


class FailingRecognizer(HostileRecognizer):
    """Reads the first page of a document well."""

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        if number == 1:
            options = replace(options, whitelist="")
        return super().recognize(file, number, options)


class LazyRecognizer(HostileRecognizer):
    """Needs no decoded page for the text, as with PDFs that have a text layer."""

    has_pixels = False


def one_word_page(number: int, text: str) -> Page:
    word = Word(text, Bbox(0, 0, 50, 20), 0.8)
    return Page(number, 100, 100, (Block((Line((word,)),)),), engine="hostile", languages=("eng",))
