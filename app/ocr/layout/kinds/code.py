"""Program code: monospaced lines with the symbols of programming languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import linear_regression, median

from app.ocr.layout.rows import Row

# Symbols rare in prose, and typical endings of a line of code.
SYMBOLS = re.compile(r"[{}=<>\[\]_#|&$`\\~^]|//|/\*|\(\)|\w\(|\);|->|::|\w\.\w+\(|\"\"\"|;$")
OPENING = re.compile(
    r"(\d+\s+)?(def|class|import|from|return|if|else|elif|for|while|try|except|with|print|public|"
    r"private|static|void|int|const|let|var|function|fn|end|begin|SELECT|INSERT|UPDATE|FROM|WHERE|"
    r"using|namespace|package|type|struct|@\w+|[$>]\s)\b.*"
)
OPENING_WORDS = 4
# Most characters of a line of code that consists mostly of its number.
SHORT_LINE = 12
# Dots before the page numbers of an index entry.
LEADER = re.compile(r"(?:\s\.{2,}|\.{4,})\s*\d[\d,\s–-]*$")
# An address by itself is part of a text.
ADDRESS = re.compile(r"(?:• )?<?(?:https?://|www\.)")
LINE_NUMBER = re.compile(r"\d{1,5}")
CODE_LINES = 3
# Least share of lines with symbols in a stretch; lower if the source says that it is monospaced.
SYMBOL_SHARE, KNOWN_SYMBOL_SHARE = 0.5, 0.2
# Widths of a character differ by less than this share in monospaced print; boxes of a PDF's words
# are exact.
PITCH_SPREAD, EXACT_PITCH_SPREAD = 0.055, 0.03
PITCHES = 5
# The spread of whole words' widths, and the least number of different word lengths.
WIDTH_SPREAD, LENGTHS = 0.2, 3
WORD_LENGTH = 3


def code_stretches(rows: Sequence[Row], mono_body: bool) -> Iterator[tuple[int, int]]:
    """(start, end) of runs of rows that are code. mono_body: the page's text is monospaced too."""
    known = _with_numbered_lines([_is_known(row) for row in rows], rows)
    if any(known):
        yield from _known(rows, known, mono_body)
    else:
        # Fonts do not always say that they are monospaced.
        yield from _measured(rows)


def _is_known(row: Row) -> bool:
    """Whether the row is known to be monospaced, apart from a line number in front of it."""
    first, *rest = row.fragments
    number = bool(rest) and LINE_NUMBER.fullmatch(first.words[0].text) and len(first.words) == 1
    known = all(each.monospaced for each in (rest if number else row.fragments))
    return known and not _has_leader(row.text)


def _has_leader(text: str) -> bool:
    return ".." in text and bool(LEADER.search(text))


def _with_numbered_lines(known: list[bool], rows: Sequence[Row]) -> list[bool]:
    """The flags, also set for short lines such as "17 }" whose number continues a known line's."""
    numbers = [_line_number(row) for row in rows]
    result = list(known)
    for ways in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
        for at in ways:
            one, other = numbers[at], numbers[at - ways.step]
            follows = one is not None and other is not None and one == other + ways.step
            if result[at - ways.step] and follows and rows[at].characters <= SHORT_LINE:
                result[at] = True
    return result


def _line_number(row: Row) -> int | None:
    text = row.fragments[0].words[0].text
    return int(text) if LINE_NUMBER.fullmatch(text) else None


def _known(
    rows: Sequence[Row], monospaced: list[bool], mono_body: bool
) -> Iterator[tuple[int, int]]:
    for start, end in _stretches(monospaced):
        if end - start < CODE_LINES and ADDRESS.match(rows[start].text):
            continue
        share = sum(map(has_symbols, rows[start:end])) / (end - start)
        if mono_body and (share < SYMBOL_SHARE or end - start < CODE_LINES):
            continue
        if share >= KNOWN_SYMBOL_SHARE or end - start >= CODE_LINES:
            yield start, end


def _measured(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    symbols = [has_symbols(row) for row in rows]
    numbered = [bool(LINE_NUMBER.fullmatch(row.text)) for row in rows]
    bridged = [
        symbol or number or (any(symbols[max(0, at - 2) : at]) and any(symbols[at + 1 : at + 3]))
        for at, (symbol, number) in enumerate(zip(symbols, numbered, strict=True))
    ]
    for start, end in _stretches(bridged):
        count = sum(symbols[start:end])
        enough = count >= CODE_LINES and count >= SYMBOL_SHARE * (end - start) - sum(
            numbered[start:end]
        )
        if enough and _is_monospaced(rows[start:end]):
            yield start, end


def _stretches(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def has_symbols(row: Row) -> bool:
    text = row.text
    if _has_leader(text):
        return False
    if SYMBOLS.search(text):
        return True
    # Prose may begin with such a word.
    short = len(text.split()) <= OPENING_WORDS or text.endswith(":")
    return short and bool(OPENING.fullmatch(text))


def _is_monospaced(rows: Sequence[Row]) -> bool:
    """Whether the widths of words, or with few words the steps from one to the next, are in
    proportion to their numbers of characters."""
    if (spread := _width_spread(rows)) is not None:
        return spread < WIDTH_SPREAD
    pitches = [pitch for row in rows for pitch in _pitches(row)]
    if len(pitches) < PITCHES:
        return False
    usual = median(pitches)
    spread = EXACT_PITCH_SPREAD if rows[0].main.sized else PITCH_SPREAD
    return median(abs(pitch - usual) for pitch in pitches) < spread * usual


def _width_spread(rows: Sequence[Row]) -> float | None:
    """Median deviation of words' widths from a straight line over their lengths, in widths of a
    character; None for too few words or lengths. In proportional type it is 0.25 to 0.6."""
    words = [word for row in rows for word in row.line.words if len(word.text) > WORD_LENGTH]
    lengths = [len(word.text) for word in words]
    if len(words) < PITCHES or len(set(lengths)) < LENGTHS:
        return None
    widths = [word.bbox.width for word in words]
    pitch, ends = linear_regression(lengths, widths)
    error = median(
        abs(width - pitch * length - ends) for length, width in zip(lengths, widths, strict=True)
    )
    return error / max(1.0, pitch)


def _pitches(row: Row) -> Iterator[float]:
    words = row.line.words
    for word, following in pairwise(words):
        step = following.bbox.left - word.bbox.left
        gap = following.bbox.left - word.bbox.right
        if len(word.text) >= WORD_LENGTH and 0 < gap < word.bbox.height:
            yield step / (len(word.text) + 1)
