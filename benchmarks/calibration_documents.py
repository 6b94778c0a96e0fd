"""Documents with known text for calibration: drawn pages, a corpus, and rendered digital PDFs."""

from __future__ import annotations

import itertools
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from app.engines.base import EngineConfig
from app.engines.paddleocr.languages import PP_OCR_LANGUAGES
from app.ocr.errors import OcrError
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.source import Limits, open_source
from app.recognition.auto.language_id import identify
from app.recognition.recognizer import Recognizer

from . import degradations, direction_pages, scene_words
from .calibration_texts import with_own_texts
from .corpus import read_corpus
from .direction_texts import SCRIPTS

# Kinds of damage that cause errors; on clean pages nearly all words are correct.
DAMAGES = (
    degradations.screen, degradations.blocky, degradations.noisy, degradations.faint,
    degradations.phone, degradations.shadow, degradations.fax,
)  # fmt: skip
# Limits of words on a page of a rendered PDF, and its widths in pixels.
FEWEST_WORDS, MOST_WORDS = 30, 900
WIDTHS = (700, 900, 1100, 1400, 1700)
# Height in pixels: the upper part of a page has enough words, and so more pages fit into a run.
MOST_ROWS = 1000
# Least probability of a text's identified language.
SURE_LANGUAGE = 0.5


@dataclass(frozen=True)
class Document:
    """unspaced: Chinese or Japanese, whose recognized words do not match words of the truth."""

    name: str
    path: Path
    languages: tuple[str, ...]
    truth: str
    unspaced: bool


def drawn_documents(fonts: list[Path], seed: int) -> Iterator[Document]:
    """Damaged pages of each kind in each script; every other seed has the texts of
    calibration_texts."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = [with_own_texts(script) if seed % 2 else script for script in SCRIPTS]
        drawn = [direction_pages.pages(script, fonts, seed) for script in scripts]
        # Kind by kind, so that an interrupted run has pages of every script.
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


def word_documents(fonts: list[Path], count: int, seed: int) -> Iterator[Document]:
    """Words as on street signs and labels, one picture each, without stacked letters."""
    files = sorted(path for folder in fonts for path in folder.rglob("*.[to]tf"))
    with tempfile.TemporaryDirectory() as folder:
        for at, (kind, text, image) in enumerate(scene_words.words(files, count, seed)):
            if kind == "stacked":
                continue
            path = Path(folder) / f"sign-{kind}-{seed}-{at}.png"
            image.save(path)
            yield Document(path.stem, path, ("eng",), text, unspaced=False)


def corpus_documents(folder: Path) -> Iterator[Document]:
    for item in read_corpus(folder):
        if item.group != "pdf_born_digital":
            name = f"{item.group}/{item.path.name}"
            yield Document(name, item.path, item.languages, item.truth, item.unspaced)


def pdf_documents(folder: Path, seed: int) -> Iterator[Document]:
    """Pictures of the first page of each digital PDF below the folder, half of them damaged.

    The truth is the page's own text; pages without a sound one are skipped, as are repeated texts.
    """
    recognizer = Recognizer(EngineConfig())
    known: set[str] = set()
    with tempfile.TemporaryDirectory() as made:
        for path in sorted(folder.rglob("*.pdf")):
            name = f"pdf-{zlib.crc32(path.name.encode()):08x}"
            found = _own_text(recognizer, path)
            if found is None or found[0].text in known:
                continue
            page, picture, language = found
            known.add(page.text)
            chance = np.random.default_rng([seed, zlib.crc32(path.name.encode())])
            target = Path(made) / f"{name}.png"
            _spoilt(picture, chance).save(target)
            yield Document(name, target, (language,), page.text, unspaced=False)


def _own_text(recognizer: Recognizer, path: Path) -> tuple[Page, Image.Image, str] | None:
    """Page, picture and language; None if the text layer is not exactly what the page shows."""
    file = SourceFile(path, PDF)
    try:
        page = recognizer.recognize(file, 1, Options(pdf_text="only"))
        language = identify(page.text, PP_OCR_LANGUAGES)
        enough = FEWEST_WORDS <= len(page.text.split()) <= MOST_WORDS
        if page.source != "pdf_text" or not enough or language is None:
            return None
        if language[1] < SURE_LANGUAGE or "_" in language[0]:
            return None
        with open_source(path, PDF, Limits(), "") as source:
            layer = source.text_layer(1)
            if layer is None or layer.unread:
                return None
            picture = Image.fromarray(source.page_image(1).pixels)
    except OcrError:
        return None
    return page, picture, language[0]


def _spoilt(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    width = int(chance.choice(WIDTHS))
    height = max(1, round(picture.height * width / picture.width))
    small = _cropped(picture.convert("L").resize((width, height), Image.Resampling.LANCZOS))
    damage = DAMAGES[int(chance.integers(len(DAMAGES)))]
    return damage(small, chance) if chance.random() < 0.5 else small


def _cropped(image: Image.Image) -> Image.Image:
    return image.crop((0, 0, image.width, min(image.height, MOST_ROWS)))
