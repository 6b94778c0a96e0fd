"""Characters that a PDF's character codes stand for, symbol fonts and ligatures included."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "\ufffd"
SOFT_HYPHEN = "\xad"
# PDFium's code for a hyphen at the end of a line.
LINE_END_HYPHEN = "\x02"
# Where fonts with the "symbol" encoding of TrueType keep their 256 characters.
SYMBOL_AREA = range(0xF000, 0xF100)
SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")

# The encoding of the font Symbol (ISO 32000-1, annex D.5), from 0x20 and from 0xA0 on.
SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
SYMBOL = dict(enumerate(SYMBOL_LOW, 0x20)) | dict(enumerate(SYMBOL_HIGH, 0xA0))
# Characters of Microsoft's fonts that documents use: bullets, arrows, check marks, boxes.
WINGDINGS = {
    0x20: " ", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x45: "☜", 0x46: "☞", 0x47: "☝",
    0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒",
    0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAA: "✦",
    0xAB: "★", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "🡄",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●",
    0x98: "•", 0xA2: "■", 0xA3: "□",
}  # fmt: skip
WINGDINGS_3 = {0x20: " ", 0x22: "↑", 0x24: "→", 0x7D: "▶", 0x84: "◀", 0x86: "▶", 0xB6: "▸"}
# Tables by the start of the font's name without spaces, longer ones first.
SYMBOL_FONTS = {
    "wingdings2": WINGDINGS_2,
    "wingdings3": WINGDINGS_3,
    "wingdings": WINGDINGS,
    "symbol": SYMBOL,
}


@lru_cache(maxsize=65536)
def character(code: int, font: str) -> str:
    """Text of a code that PDFium gives for a glyph of the named font: "" for spaces and characters
    that are never drawn, REPLACEMENT if unknown."""
    text = _text(code, font)
    return "" if text.isspace() or unicodedata.category(text[0]) == "Cf" else text


def is_symbol_font(name: str) -> bool:
    return _symbol_table(name) is not None


def _text(code: int, font: str) -> str:
    text = chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else REPLACEMENT
    if text in (LINE_END_HYPHEN, SOFT_HYPHEN):
        return "-"  # it has ink, or it would have been left out as invisible
    table = _symbol_table(font)
    if table is not None and (code < 0x100 or code in SYMBOL_AREA):
        return table.get(code & 0xFF, REPLACEMENT)
    if code in SYMBOL_AREA:
        return _single_byte(code & 0xFF)
    if "\ufb00" <= text <= "\ufdff" or "\ufe70" <= text <= "\ufefc":
        return unicodedata.normalize("NFKC", text).strip() or text
    return REPLACEMENT if unicodedata.category(text) in ("Co", "Cn", "Cc") else text


@lru_cache(maxsize=256)
def _symbol_table(font: str) -> dict[int, str] | None:
    name = SUBSET_PREFIX.sub("", font).replace(" ", "").replace("-", "").lower()
    return next((table for start, table in SYMBOL_FONTS.items() if name.startswith(start)), None)


def _single_byte(code: int) -> str:
    """Character of a code in a text font, by Windows-1252, except for the bullet of Symbol."""
    if code == 0xB7:
        return "•"
    text = bytes([code]).decode("cp1252", "replace")
    return text if unicodedata.category(text) != "Cc" else REPLACEMENT
