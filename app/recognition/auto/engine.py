"""Chooses for each page: by language first, then by evidence of what was read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.engines.base import Availability, Engine
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.tesseract import TesseractEngine
from app.ocr.languages import AUTO, language_of
from app.ocr.options import Options
from app.ocr.result import Page

if TYPE_CHECKING:
    from app.ocr.source.base import Pixels
    from app.recognition.pipeline import UprightPage

FALLBACK = "eng"
# PP-OCR makes Chinese characters of what it cannot read, though not as surely as this.
SURE_OF_CHARACTERS = 0.8
ASIAN = ("chi_sim", "chi_tra", "jpn")


class AutoEngine(Engine):
    name = "auto"
    title = "Automatic"
    # The engines it asks prepare the page each in their own way.
    preparation = frozenset()
    finds_language = True

    def availability(self) -> Availability:
        found = [self.paddle.availability(), self.tesseract.availability()]
        return next((each for each in found if each.available), found[-1])

    def languages(self) -> tuple[str, ...]:
        readers = [each for each in (self.paddle, self.tesseract) if each.availability().available]
        return tuple(sorted({code for reader in readers for code in reader.languages()}))

    def recognize(self, pixels: Pixels, options: Options) -> Page:
        from app.recognition.pipeline import UprightPage

        upright = UprightPage.of(pixels, options)
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
        covered = set(languages) <= set(self.paddle.languages())
        return covered and self.paddle.availability().available

    def _read_by_paddle(self, upright: UprightPage, options: Options) -> Page:
        from app.recognition.pipeline import read_page

        page = read_page(self.paddle, upright, options)
        return replace(page, reason="PP-OCR reads these languages best")

    def _read_by_tesseract(self, upright: UprightPage, options: Options) -> Page:
        from .second_pass import read_carefully

        return read_carefully(self.tesseract, self.paddle, upright, options)

    def _read_unasked(self, upright: UprightPage, options: Options) -> Page:
        """In the site's usual languages, unless the page turns out to be in another script."""
        usual = self.config.default_languages
        asked = replace(options, languages=usual)
        if options.whitelist or not self.paddle.availability().available:
            return self._read_known(upright, asked)
        if not self._paddle_covers(usual):
            return self._read_unless_doubtful(upright, asked)
        page = self._read_by_paddle(upright, replace(options, languages=(*usual, AUTO)))
        if self._is_foreign(page, usual):
            language = self._find_language(page, upright)
            if language:
                found = self._read_found(language, page, upright, options)
                return replace(
                    found, reason=f"the page is not in {'+'.join(usual)}; {found.reason}"
                )
        return replace(page, languages=usual)

    def _read_unless_doubtful(self, upright: UprightPage, options: Options) -> Page:
        """For usual languages that only Tesseract reads."""
        from .second_pass import DOUBTFUL

        page = self._read_by_tesseract(upright, options)
        if page.confidence >= DOUBTFUL:
            return page
        other = self._read_unknown(upright, replace(options, languages=(AUTO,)))
        return max(page, other, key=lambda each: each.confidence)

    def _is_foreign(self, page: Page, usual: tuple[str, ...]) -> bool:
        from .language_detection import judge
        from .unexpected_script import is_foreign

        return is_foreign(page, judge(page, self._paddle_candidates()), usual)

    def _read_unknown(self, upright: UprightPage, options: Options) -> Page:
        """PP-OCR reads most of the world's pages; unless its text is implausible, that is it."""
        page = self._read_by_paddle(upright, options)
        language = self._find_language(page, upright)
        return self._read_found(language, page, upright, options)

    def _read_found(
        self, language: str | None, page: Page, upright: UprightPage, options: Options
    ) -> Page:
        """page: what PP-OCR read; it stays unless only Tesseract reads the language."""
        if language is None:
            return replace(page, languages=self._usual_languages())
        if self._paddle_covers((language,)):
            return replace(page, languages=(language,))
        return self._read_by_tesseract(upright, replace(options, languages=(language,)))

    def _find_language(self, page: Page, upright: UprightPage) -> str | None:
        """None if nothing speaks for any language. page: what PP-OCR read."""
        from .language_detection import CONVINCING, judge, needs_second_opinion
        from .unexpected_script import asian_language

        first = judge(page, self._paddle_candidates())
        asian = asian_language(page.text) if page.confidence >= SURE_OF_CHARACTERS else None
        if (
            asian is None
            and needs_second_opinion(first, page)
            and self.tesseract.availability().available
        ):
            language = self._guess_by_tesseract(page, upright)
            if language:
                return language
        return first.language if first.evidence >= CONVINCING else asian

    def _guess_by_tesseract(self, page: Page, upright: UprightPage) -> str | None:
        """Looks at the page as Tesseract would get it: level, dark on light, evenly lit."""
        from .language_detection import guess_by_tesseract
        from .line_sample import sample_of_lines

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
