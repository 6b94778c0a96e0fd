"""A person's corrected text put back onto the recognized words, so that every format shows it.

Lines are compared first, then the characters of the lines that differ; each corrected character
goes to the word whose place it takes. Boxes stay, changed words count as certain. A row of a table
is one line, and a correction inside a cell stays there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice

from app.ocr.edits.text_rows import TextRow, text_rows, with_lines, without_breaks
from app.ocr.result import Block, Line, Page, Word

# Comparing takes quadratic time; a longer run of changed text is a rewrite and maps to no word.
LONGEST_RUN = 5_000


def corrected_pages(pages: Iterable[Page], text: str) -> list[Page]:
    """The pages with their words changed to match text (the lines of the whole document)."""
    originals = list(pages)
    rows = [row for page in originals for block in page.blocks for row in text_rows(block)]
    texts = [text for text in text.splitlines() if text.strip()]
    corrected = iter(_corrected_lines([row for row in rows if row.text], texts))
    return [replace(page, blocks=_rebuilt(page.blocks, corrected)) for page in originals]


def _rebuilt(blocks: Iterable[Block], corrected: Iterator[Line]) -> tuple[Block, ...]:
    """The blocks with one corrected line for each old one; emptied ones are left out."""
    filled = (with_lines(block, _block_lines(block, corrected)) for block in blocks)
    return tuple(block for block in filled if block.lines)


def _block_lines(block: Block, corrected: Iterator[Line]) -> Iterator[Line]:
    for row in text_rows(block):
        yield from islice(corrected, len(row.lines)) if row.text else row.lines


def _corrected_lines(rows: Sequence[TextRow], texts: Sequence[str]) -> list[Line]:
    # autojunk, the heuristic for frequent items: else a document of equal lines takes minutes.
    plain = [without_breaks(text) for text in texts]
    matcher = SequenceMatcher(None, [row.text for row in rows], plain, autojunk=True)
    corrected: list[Line] = []
    for tag, start, end, text_start, text_end in matcher.get_opcodes():
        run, changed = rows[start:end], texts[text_start:text_end]
        lines = [line for row in run for line in row.lines]
        if tag == "equal":
            corrected.extend(lines)
        elif len(run) == len(changed):
            for row, text in zip(run, changed, strict=True):
                corrected.extend(row.corrected(text, _spread))
        else:
            corrected.extend(_spread(lines, changed))
    return corrected


@dataclass(slots=True)
class _Place:
    """One word of a changed run of lines, and the characters that it gets."""

    line: int
    word: Word
    text: str = ""


def _spread(lines: Sequence[Line], rows: Sequence[str]) -> list[Line]:
    """As many lines as there were, with the rows' characters in the words where they fit."""
    old, owners, places = _characters(lines)
    new = "".join(f"{row}\n" for row in rows)
    if not places or max(len(old), len(new)) > LONGEST_RUN:
        return list(lines)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, False).get_opcodes():
        for offset, character in enumerate(new[new_start:new_end]):
            # Replacements go to the old characters in turn; insertions join the word before.
            at = start - 1 if tag == "insert" else min(start + offset, end - 1)
            places[owners[max(at, 0)]].text += character
    return [_line(line, [p for p in places if p.line == index]) for index, line in enumerate(lines)]


def _characters(lines: Sequence[Line]) -> tuple[str, list[int], list[_Place]]:
    """The run's text, the index of the word that owns each character, and the words.

    A space or line end belongs to the word before it.
    """
    text = ""
    owners: list[int] = []
    places: list[_Place] = []
    for index, line in enumerate(lines):
        for position, word in enumerate(line.words):
            last = position == len(line.words) - 1
            piece = word.text + ("\n" if last else " " if word.space_after else "")
            owners.extend([len(places)] * len(piece))
            places.append(_Place(index, word))
            text += piece
    return text, owners, places


def _line(line: Line, places: Iterable[_Place]) -> Line:
    return replace(line, words=tuple(_word(place) for place in places if place.text.strip()))


def _word(place: _Place) -> Word:
    word, text = place.word, " ".join(place.text.split())
    # The end of a line does not show whether a space follows the word.
    spaced = word.space_after if place.text.endswith("\n") else place.text[-1:].isspace()
    if (text, spaced) == (word.text, word.space_after):
        return word
    return replace(word, text=text, confidence=1.0, space_after=spaced)
