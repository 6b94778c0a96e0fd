"""The strategy "auto": choose an engine for each page by language, then by evidence in the text."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.catalog import are_behind, scripts_of
from app.engines.paddleocr.languages import BEYOND_TINY
from app.engines.tesseract import TesseractEngine
from app.ocr.languages import AUTO, language_of
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.source.base import Pixels
from app.recognition.catalog import EngineEntry, auto_entry, entry_of
from app.recognition.pipeline import UprightPage, read_page, read_prepared
from app.recognition.substitutes import with_substitutes_settled

from .coverage import coverage
from .head_search import FRAKTUR, fraktur_by_head, language_by_heads, language_of_text
from .language_detection import (
    CONVINCING,
    Guess,
    guess_by_tesseract,
    judge,
    may_be_fraktur,
    needs_second_opinion,
)
from .line_sample import sample_of_lines
from .marks import have_low_quotes, have_marks, with_marks_settled
from .second_opinion import with_second_opinion
from .second_pass import COVERED, SECOND_PASS_BELOW, read_carefully
from .unexpected_script import asian_language, has_lines_in_other_letters, is_foreign

FALLBACK = "eng"
# PP-OCR reads what it does not know as Chinese characters, but less confidently than this.
SURE_OF_CHARACTERS = 0.8
ASIAN = ("chi_sim", "chi_tra", "jpn")


class AutoStrategy:
    """Both engines, each with its own preparation of the page."""

    knows_upright = False

    def __init__(self, config: EngineConfig) -> None:
        self.config = config

    def entry(self) -> EngineEntry:
        return auto_entry(entry_of(self.paddle), entry_of(self.tesseract))

    def read(self, upright: UprightPage, options: Options) -> Page:
        if AUTO in (options.languages or self.config.default_languages):
            return self._read_unknown(upright, replace(options, languages=(AUTO,)))
        if not options.languages:
            return self._read_unasked(upright, options)
        return self._read_known(upright, options)

    def _read_known(self, upright: UprightPage, options: Options) -> Page:
        if self._paddle_covers(options.languages):
            return self._read_by_paddle(upright, options)
        return self._read_by_tesseract(upright, options)

    def _paddle_covers(self, languages: tuple[str, ...]) -> bool:
        """Whether PP-OCR or one of our heads should read these languages."""
        covered = set(languages) <= set(self.paddle.languages())
        if are_behind(languages) and self._tesseract_has(languages):
            return False
        return covered and self.paddle.availability().available

    def _read_by_paddle(self, upright: UprightPage, options: Options) -> Page:
        if scripts_of(options.languages):
            return self._read_by_heads(upright, options)
        if have_low_quotes(options.languages) and self._tesseract_has(options.languages):
            return self._read_with_marks(upright, options)
        page = read_page(self.paddle, upright, options)
        return replace(page, reason="PP-OCR reads these languages best")

    def _read_openly(self, upright: UprightPage, options: Options) -> Page:
        """Read with all letters allowed; Greek ones in Latin words are no evidence of a script."""
        return with_substitutes_settled(self._read_by_paddle(upright, options))

    def _read_with_marks(self, upright: UprightPage, options: Options) -> Page:
        def read(pixels: Pixels) -> Page:
            page = self.paddle.recognize(pixels, options)
            return with_marks_settled(page, pixels, self.tesseract, options)

        page = read_prepared(upright, self.paddle.preparation, read)
        by = (
            "letters best, Tesseract their marks"
            if have_marks(options.languages)
            else "languages best"
        )
        return replace(page, reason=f"PP-OCR reads these {by}")

    def _read_by_heads(self, upright: UprightPage, options: Options) -> Page:
        """Read by our heads, with Tesseract's opinion on unsure lines if it has the languages."""
        has_opinion = self._tesseract_has(options.languages)

        def read(pixels: Pixels) -> Page:
            page = self.paddle.recognize(pixels, options)
            if not has_opinion:
                return page
            return with_second_opinion(page, pixels, self.tesseract, options)

        page = read_prepared(upright, self.paddle.preparation, read)
        return replace(page, reason="our own recognizer reads this script best")

    def _tesseract_has(self, languages: tuple[str, ...]) -> bool:
        return set(languages) <= set(self._tesseract_languages())

    def _tesseract_languages(self) -> tuple[str, ...]:
        available = self.tesseract.availability().available
        return self.tesseract.languages() if available else ()

    def _read_by_tesseract(self, upright: UprightPage, options: Options) -> Page:
        return read_carefully(self.tesseract, self.paddle, upright, options)

    def _read_unasked(self, upright: UprightPage, options: Options) -> Page:
        """Read in the site's usual languages, unless the page turns out to be in another script."""
        usual = self.config.default_languages
        asked = replace(options, languages=usual)
        if options.whitelist or not self.paddle.availability().available:
            return self._read_known(upright, asked)
        if not self._paddle_covers(usual):
            return self._read_unless_doubtful(upright, asked)
        page = self._read_openly(upright, replace(options, languages=(*usual, AUTO)))
        if self._is_foreign(page, usual):
            language = self._find_language(page, upright)
            if language in ASIAN and self._lacks_lines(page, upright):
                page = self._read_by_paddle(upright, replace(options, languages=(language,)))
            if language:
                found = self._read_found(language, page, upright, options)
                return replace(
                    found, reason=f"the page is not in {'+'.join(usual)}; {found.reason}"
                )
        return replace(page, languages=usual)

    def _lacks_lines(self, page: Page, upright: UprightPage) -> bool:
        """Whether lines of a page in Asian letters were limited to those of the usual languages, or
        left out as nothing in them was clear."""
        boxes = self.paddle.text_boxes(upright.prepared(self.paddle.preparation).pixels)
        return has_lines_in_other_letters(page) or coverage(page, boxes) < COVERED

    def _read_unless_doubtful(self, upright: UprightPage, options: Options) -> Page:
        """Read by Tesseract, which alone has the usual languages, unless that is doubtful."""
        page = self._read_by_tesseract(upright, options)
        if page.confidence >= SECOND_PASS_BELOW:
            return page
        other = self._read_unknown(upright, replace(options, languages=(AUTO,)))
        return max(page, other, key=lambda each: each.confidence)

    def _is_foreign(self, page: Page, usual: tuple[str, ...]) -> bool:
        first = judge(page, self._paddle_candidates())
        if first.language not in usual:
            # Vietnamese looks Latin to PP-OCR, which drops its marks; the words are Vietnamese.
            of_head = bool(scripts_of((first.language,)))
            has_marks = first.language in BEYOND_TINY and first.evidence >= CONVINCING
            if of_head or has_marks:
                return True
        return may_be_fraktur(first, page) or is_foreign(page, first, usual)

    def _read_unknown(self, upright: UprightPage, options: Options) -> Page:
        """PP-OCR reads most of the world's pages, so its text is final unless it is implausible."""
        page = self._read_openly(upright, options)
        language = self._find_language(page, upright)
        return self._read_found(language, page, upright, options)

    def _read_found(
        self, language: str | None, page: Page, upright: UprightPage, options: Options
    ) -> Page:
        """page: PP-OCR's reading; it stays unless a head or Tesseract should read the language."""
        if language is None:
            return replace(page, languages=self._usual_languages())
        by_further = scripts_of((language,)) or language in BEYOND_TINY
        if by_further and self._paddle_covers((language,)):
            return self._read_by_paddle(upright, replace(options, languages=(language,)))
        if self._paddle_covers((language,)):
            return replace(page, languages=(language,))
        return self._read_by_tesseract(upright, replace(options, languages=(language,)))

    def _find_language(self, page: Page, upright: UprightPage) -> str | None:
        """The page's language; None without evidence for any. page: PP-OCR's reading."""
        first = judge(page, self._paddle_candidates())
        asian = asian_language(page.text) if page.confidence >= SURE_OF_CHARACTERS else None
        if asian is None and needs_second_opinion(first, page):
            language = (
                self._find_by_heads(page, upright)
                or self._find_fraktur(first, page, upright)
                or self._guess_by_tesseract(page, upright)
            )
            if language:
                return language
        return first.language if first.evidence >= CONVINCING else asian

    def _find_by_heads(self, page: Page, upright: UprightPage) -> str | None:
        language = language_of_text(page.text)
        if language:
            return language
        pixels = upright.prepared(self.paddle.preparation).pixels
        return language_by_heads(self.paddle, pixels, self._paddle_candidates())

    def _find_fraktur(self, first: Guess, page: Page, upright: UprightPage) -> str | None:
        if not may_be_fraktur(first, page) or FRAKTUR not in self.paddle.languages():
            return None
        return fraktur_by_head(self.paddle, upright.prepared(self.paddle.preparation).pixels)

    def _guess_by_tesseract(self, page: Page, upright: UprightPage) -> str | None:
        """Uses the page as it is prepared for Tesseract: level, dark on light, evenly lit."""
        if not self.tesseract.availability().available:
            return None
        pixels = upright.prepared(self.tesseract.preparation).pixels
        sample = sample_of_lines(pixels, self.paddle.text_boxes(pixels))
        return None if sample is None else guess_by_tesseract(self.tesseract, pixels, sample, page)

    def _usual_languages(self) -> tuple[str, ...]:
        usual = self.config.default_languages
        return usual if self._paddle_covers(usual) else (FALLBACK,)

    def _paddle_candidates(self) -> tuple[str, ...]:
        codes = self.paddle.languages()
        latin = (code for code in codes if language_of(code).script == "Latin")
        return (*latin, *ASIAN)

    @cached_property
    def paddle(self) -> PaddleOcrEngine:
        return PaddleOcrEngine(self.config)

    @cached_property
    def tesseract(self) -> TesseractEngine:
        return TesseractEngine(self.config)
