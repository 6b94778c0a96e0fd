"""Tesseract in process through tesserocr, one warm API per language set."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from app.ocr.options import Options
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.scripts import is_right_to_left, joins_without_space

from .base import Availability, Engine, EngineConfig
from .tessdata import find_tessdata, installed_languages

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels
    from tesserocr import PyTessBaseAPI

# A warm API holds 20-60 MB; the least recently used one makes room.
WARM_APIS = 3
DEFAULT_PSM = 3
DEFAULT_OEM = 3


class TesseractEngine(Engine):
    name = "tesseract"
    title = "Tesseract"
    knows_upright = True

    def __init__(self, config: EngineConfig) -> None:
        super().__init__(config)
        self.tessdata = find_tessdata(config.tessdata)
        self.warm: OrderedDict[tuple[str, int], PyTessBaseAPI] = OrderedDict()

    def availability(self) -> Availability:
        if find_spec("tesserocr") is None:
            return Availability(False, "Install the Python package tesserocr.")
        if not self.languages():
            return Availability(False, "Install language data, such as apt install tesseract-ocr-eng.")
        return Availability(True)

    def languages(self) -> tuple[str, ...]:
        return installed_languages(self.tessdata)

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        height, width = pixels.shape[:2]
        api = self._api(options)
        api.SetPageSegMode(DEFAULT_PSM if options.psm is None else options.psm)
        api.SetVariable("tessedit_char_whitelist", options.whitelist)
        channels = 1 if pixels.ndim == 2 else 3
        api.SetImageBytes(pixels.tobytes(), width, height, channels, width * channels)
        if options.dpi:
            api.SetSourceResolution(options.dpi)
        try:
            api.Recognize()
            blocks = tuple(_blocks(_read_words(api)))
        finally:
            api.Clear()
        return Page(1, width, height, blocks, engine=self.name, languages=options.languages)

    def _api(self, options: Options) -> PyTessBaseAPI:
        key = ("+".join(options.languages), DEFAULT_OEM if options.oem is None else options.oem)
        if key not in self.warm:
            self.warm[key] = self._load(*key)
            if len(self.warm) > WARM_APIS:
                self.warm.popitem(last=False)[1].End()
        self.warm.move_to_end(key)
        return self.warm[key]

    def _load(self, languages: str, oem: int) -> PyTessBaseAPI:
        from tesserocr import PyTessBaseAPI

        return PyTessBaseAPI(path=f"{self.tessdata}/", lang=languages, oem=oem)


@dataclass(frozen=True, slots=True)
class _ReadWord:
    text: str
    bbox: Bbox
    confidence: float
    starts_block: bool
    starts_line: bool
    vertical: bool


def _read_words(api: PyTessBaseAPI) -> Iterator[_ReadWord]:
    from tesserocr import RIL, iterate_level

    iterator = api.GetIterator()
    if iterator is None or iterator.Empty(RIL.WORD):
        return
    for item in iterate_level(iterator, RIL.WORD):
        box = item.BoundingBox(RIL.WORD)
        text = item.GetUTF8Text(RIL.WORD).strip()
        yield _ReadWord(
            text,
            Bbox(*box) if box else Bbox(0, 0, 0, 0),
            max(0.0, min(1.0, item.Confidence(RIL.WORD) / 100)),
            item.IsAtBeginningOf(RIL.PARA),
            item.IsAtBeginningOf(RIL.TEXTLINE),
            item.Orientation()[1] == 2 and False,
        )


def _blocks(words: Iterator[_ReadWord]) -> Iterator[Block]:
    blocks: list[list[list[_ReadWord]]] = []
    for word in words:
        if word.starts_block or not blocks:
            blocks.append([])
        if word.starts_line or not blocks[-1]:
            blocks[-1].append([])
        blocks[-1][-1].append(word)
    for lines in blocks:
        made = tuple(_line(line) for line in lines if any(word.text for word in line))
        if made:
            yield Block(made)


def _line(read: list[_ReadWord]) -> Line:
    kept = [word for word in read if word.text]
    followers: list[Any] = [*kept[1:], None]
    words = tuple(
        Word(
            word.text,
            word.bbox,
            word.confidence,
            space_after=not (after and joins_without_space(word.text, after.text)),
        )
        for word, after in zip(kept, followers, strict=True)
    )
    text = " ".join(word.text for word in words)
    return Line(words, "rtl" if is_right_to_left(text) else "ltr")
