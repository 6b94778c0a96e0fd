"""A job's text and numbers, collected page by page without keeping the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.models import Job, Page
from app.ocr import result
from app.ocr.text import storable_text
from app.services.history.letters import letters


@dataclass(frozen=True, slots=True)
class PageSummary:
    text: str
    confidence: float
    characters: int
    words: int
    lines: int
    engine: str
    languages: tuple[str, ...]

    @classmethod
    def of(cls, page: result.Page) -> PageSummary:
        words = list(page.words)
        return cls(
            text=page.text,
            confidence=page.confidence,
            characters=sum(len(word.text) for word in words),
            words=len(words),
            lines=sum(1 for _ in page.lines),
            engine=page.engine,
            languages=page.languages,
        )


class Summary:
    def __init__(self) -> None:
        self.pages: dict[int, PageSummary] = {}

    @classmethod
    def of_stored_pages(cls, job: Job) -> Summary:
        """The summary of the pages that earlier attempts have stored."""
        summary = cls()
        if job.pages_done:
            for page in Page.objects.filter(job=job).iterator(chunk_size=20):
                summary.add(page.result)
        return summary

    def __contains__(self, number: int) -> bool:
        return number in self.pages

    def add(self, page: result.Page) -> None:
        self.pages[page.number] = PageSummary.of(page)

    def job_values(self) -> dict[str, Any]:
        """Values of the Job columns that summarize its pages."""
        pages = [self.pages[number] for number in sorted(self.pages)]
        text = storable_text("\n\n".join(page.text for page in pages if page.text))
        languages = (code for page in pages for code in page.languages)
        return {
            "pages_total": len(pages),
            "pages_done": len(pages),
            "text": text,
            "confidence": _mean_confidence(pages),
            "letter_count": len(letters(text)),
            "words": sum(page.words for page in pages),
            "lines": sum(page.lines for page in pages),
            "engine_used": _joined((page.engine for page in pages), 40),
            "language_used": _joined(languages, 200),
        }


def _mean_confidence(pages: list[PageSummary]) -> float:
    """Mean weighted by characters, as within a page; 0 without characters."""
    characters = sum(page.characters for page in pages)
    total = sum(page.confidence * page.characters for page in pages)
    return total / characters if characters else 0.0


def _joined(names: Iterable[str], length: int) -> str:
    """Names such as `eng+deu`, each once, in order of first use, as many as fit into `length`
    characters."""
    joined = ""
    for name in dict.fromkeys(names):
        longer = f"{joined}+{name}" if joined else name
        if len(longer) > length:
            break
        joined = longer
    return joined
