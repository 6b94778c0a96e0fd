"""Words that an engine recognizes in documents with known text, each marked right or wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from app.ocr.errors import OcrError
from app.ocr.images import HEAD_BYTES, SourceFile, require_media_type
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.scripts import script_of
from app.ocr.source import Limits, open_source
from app.ocr.tree import page_from_tree, page_to_tree
from app.recognition.confidence.calibration import kind_of
from app.recognition.confidence.features import PageFacts, line_features
from app.recognition.page_reader import PageReader, with_characters_settled

from .calibration_documents import Document
from .scoring import normalize

PUNCTUATION = "\"'.,;:!?()[]"
# A page with more than this many times its words is one whose grain was read as letters. It would
# have as many words as all other pages together.
MOST_READ = 3
# Fewest characters that are searched for in the truth without spaces, and most characters of a
# neighbour that are included; a Korean syllable counts as two.
LEAST_CHARACTERS, NEIGHBOUR_CHARACTERS = 4, 3


@dataclass(frozen=True)
class Reading:
    """A page as an engine recognized it, before calibration. page: the result tree."""

    document: str
    truth: str
    unspaced: bool
    page: dict[str, object]


@dataclass(frozen=True)
class Sample:
    """One word. kind: from app.recognition.confidence. raw: the engine's own confidence."""

    document: str
    kind: str
    features: list[float]
    raw: float
    right: bool


def readings_of(document: Document, engine: str, reader: PageReader) -> Iterator[Reading]:
    for page in _pages(document, engine, reader):
        yield Reading(document.name, document.truth, document.unspaced, page_to_tree(page))


def store(readings: Iterator[Reading], path: Path) -> None:
    """Appends a line of JSON for each reading."""
    with path.open("a", encoding="utf-8") as file:
        for reading in readings:
            file.write(json.dumps(asdict(reading), ensure_ascii=False) + "\n")


def load(path: Path) -> Iterator[Sample]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from judged(Reading(**json.loads(line)))


def judged(reading: Reading) -> Iterator[Sample]:
    """Judges each word: right if it is in the truth, as many times as it occurs there.

    Order, kinds of quotes and spaces do not matter.
    """
    page = with_characters_settled(page_from_tree(reading.page))
    if not reading.unspaced and len(list(page.words)) > MOST_READ * len(reading.truth.split()):
        return
    truth = Truth(reading.truth, unspaced=reading.unspaced)
    facts = PageFacts.of(page)
    for line in page.lines:
        texts = [truth.normal(word.text) for word in line.words]
        for at, (word, found) in enumerate(
            zip(line.words, line_features(line, facts), strict=True)
        ):
            if not texts[at] or texts[at].endswith("-"):
                continue
            before = texts[at - 1] if at else ""
            after = texts[at + 1] if at + 1 < len(texts) else ""
            right = truth.has(texts[at], before, after)
            yield Sample(reading.document, kind_of(word.text), found, word.confidence, right)


class Truth:
    """Known text of a page. If it is all in capitals, case does not matter."""

    def __init__(self, text: str, *, unspaced: bool) -> None:
        self.unspaced = unspaced
        self.folds = text.upper() == text
        self.text = self.normal(text)
        self.left = Counter(map(_bare, self.text.split()))
        self.compact = "".join(self.text.split())

    def normal(self, text: str) -> str:
        found = normalize(text, unspaced=self.unspaced)
        return found.casefold() if self.folds else found

    def has(self, word: str, before: str, after: str) -> bool:
        """Whether the truth has the word. before, after: neighbours, to allow for other spacing."""
        bare = _bare(word)
        if not bare or self.unspaced:
            return word in self.compact
        if self.left[bare] > 0:
            self.left[bare] -= 1
            return True
        longer = (bare, before[-NEIGHBOUR_CHARACTERS:] + word, word + after[:NEIGHBOUR_CHARACTERS])
        return any(_length(each) >= LEAST_CHARACTERS and each in self.compact for each in longer)


def _pages(document: Document, engine: str, reader: PageReader) -> Iterator[Page]:
    with document.path.open("rb") as file:
        source_file = SourceFile(document.path, require_media_type(file.read(HEAD_BYTES)))
    options = Options(engine=engine, languages=document.languages)
    with open_source(source_file.path, source_file.media_type, Limits(10**8, 5), "") as source:
        for number in range(1, source.page_count + 1):
            try:
                pixels = source.page_image(number).pixels
                _, upright = reader.direction.upright(pixels, options)
                yield reader.strategy(engine).read(upright, options)
            except OcrError as error:
                print(f"{document.name}: {error.message[:80]}")


def _length(text: str) -> int:
    return len(text) + sum(script_of(each) == "Hangul" for each in text)


def _bare(word: str) -> str:
    return word.strip(PUNCTUATION)
