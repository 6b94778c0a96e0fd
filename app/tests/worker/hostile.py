"""A recognizer without an engine that does what the document's options tell it, good or bad.

options.whitelist names the deed, options.pages how many pages there are. Known to no setting of
the site: tests put its dotted name into settings.RECOGNIZER.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from app.engines.base import EngineConfig
from app.ocr.errors import OcrError
from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word


class HostileRecognizer:
    def __init__(self, config: EngineConfig) -> None:
        self.config = config

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        return tuple(range(1, int(options.pages or 1) + 1))

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        deed = options.whitelist
        if deed == "exit":
            os._exit(3)
        if deed == "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        if deed == "hang":
            time.sleep(3600)
        if deed == "slow":
            time.sleep(0.2)
        if deed == "refuse":
            raise OcrError("unreadable_image", "Not a picture.")
        if deed == "bug":
            raise ZeroDivisionError
        if deed == "memory":
            bytearray(64 << 30)
        if deed == "stubborn":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                pass
        text = "a\x00b\ud800" if deed == "bad text" else f"page {number}"
        return one_word_page(number, text)

    def previews(self, path: Path, media_type: str, number: int, **how: Any) -> list[bytes]:
        return [b"page %d, at most %d px" % (number, side) for side in how["max_sides"]]


class BlindRecognizer(HostileRecognizer):
    def previews(self, path: Path, media_type: str, number: int, **how: Any) -> list[bytes]:
        os._exit(3)


def one_word_page(number: int, text: str) -> Page:
    word = Word(text, Bbox(0, 0, 50, 20), 0.8)
    return Page(number, 100, 100, (Block((Line((word,)),)),), engine="hostile", languages=("eng",))
