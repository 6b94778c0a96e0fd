"""Words that an engine reads on documents with known text, each marked right or wrong."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from app.ocr.errors import OcrError
from app.ocr.images import HEAD_BYTES, SourceFile, require_media_type
from app.ocr.options import Options
from app.ocr.prepare.geometry import turned
from app.ocr.result import Page
from app.ocr.source import Limits, open_source
from app.recognition.confidence.calibration import features, kind_of
from app.recognition.direction.network import likeliest
from app.recognition.page_reader import PageReader
from app.recognition.pipeline import UprightPage

from . import degradations, direction_pages
from .corpus import read_corpus
from .direction_texts import SCRIPTS
from .scoring import normalize

# Drawn kinds that make an engine err; on clean pages nearly all words are right.
DAMAGES = (
    degradations.screen, degradations.blocky, degradations.noisy, degradations.faint,
    degradations.phone, degradations.shadow, degradations.fax,
)  # fmt: skip
SIGNS = "\"'.,;:!?()[]"


@dataclass(frozen=True)
class Document:
    """unspaced: Chinese and Japanese, whose words are no words of the truth."""

    name: str
    path: Path
    languages: tuple[str, ...]
    truth: str
    unspaced: bool


@dataclass(frozen=True)
class Sample:
    """One word. kind: as app.recognition.confidence tells it; raw: the engine's own number."""

    document: str
    kind: str
    features: list[float]
    raw: float
    right: bool


def drawn_documents(fonts: list[Path], seed: int) -> Iterator[Document]:
    """Pages of each kind in each script, the most of them damaged."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = [direction_pages.pages(script, fonts, seed) for script in SCRIPTS]
        # One kind after the other: an unfinished run has some of each script.
        for at, kinds in enumerate(itertools.zip_longest(*drawn)):
            for script, page in zip(SCRIPTS, kinds, strict=True):
                if page is None:
                    continue
                kind, image, truth = page
                damage = DAMAGES[(at + seed) % len(DAMAGES)]
                path = Path(folder) / f"{script.name}-{kind}-{seed}.png"
                spoilt = damage(_cropped(image), np.random.default_rng(seed + at))
                spoilt.save(path)
                yield Document(path.stem, path, script.languages, truth, not script.spaced)


def corpus_documents(folder: Path) -> Iterator[Document]:
    for item in read_corpus(folder):
        if item.group != "pdf_born_digital":
            name = f"{item.group}/{item.path.name}"
            yield Document(name, item.path, item.languages, item.truth, item.unspaced)


def words_of(document: Document, engine: str, reader: PageReader) -> Iterator[Sample]:
    """Read by one engine, before its confidence is calibrated."""
    for page in _pages(document, engine, reader):
        yield from _judged(page, document)


def load(path: Path) -> list[Sample]:
    return [Sample(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _pages(document: Document, engine: str, reader: PageReader) -> Iterator[Page]:
    with document.path.open("rb") as file:
        source_file = SourceFile(document.path, require_media_type(file.read(HEAD_BYTES)))
    options = Options(engine=engine, languages=document.languages)
    with open_source(source_file.path, source_file.media_type, Limits(10**8, 5), "") as source:
        for number in range(1, source.page_count + 1):
            try:
                pixels = source.page_image(number).pixels
                network = reader.direction.network
                rotation = likeliest(network.shares(pixels)) if network else 0
                upright = UprightPage.of(turned(pixels, rotation), options)
                yield reader.strategy(engine).read(upright, options)
            except OcrError as error:
                print(f"{document.name}: {error.message[:80]}")


def _judged(page: Page, document: Document) -> Iterator[Sample]:
    """A word is right as often as the truth has it; order and quotes do not count."""
    truth = normalize(document.truth, unspaced=document.unspaced)
    left = Counter(map(_bare, truth.split()))
    sure = page.confidence
    for line in page.lines:
        for word in line.words:
            text = _bare(normalize(word.text, unspaced=document.unspaced))
            if not text or text.endswith("-"):
                continue
            right = text in truth if document.unspaced else left[text] > 0
            left[text] -= 1
            yield Sample(
                document.name,
                kind_of(word.text),
                features(word, line, sure),
                word.confidence,
                right,
            )


def _bare(word: str) -> str:
    return word.strip(SIGNS)


def _cropped(image: Image.Image) -> Image.Image:
    """The upper half of a long page: more pages in the same time."""
    return image.crop((0, 0, image.width, min(image.height, 900)))
