"""Weight, slant and pitch of a PDF's font, from its name and descriptor.

TeX's fonts encode them in the name ("cmbx" is bold, "cmtt" a typewriter) and leave the flags unset.
PDFium computes a weight from the thickness of stems, which is wrong in many files.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# ISO 32000-1, table 123.
FIXED_PITCH, ITALIC, FORCE_BOLD = 1 << 0, 1 << 6, 1 << 18
BOLD_WEIGHT = 600
SUBSET = re.compile(r"^[A-Z]{6}\+")
# Computer Modern; its European and Cyrillic relatives; txfonts and pxfonts. Size last.
COMPUTER_MODERN = re.compile(r"cm([a-z]{1,5})\d{1,3}")
EUROPEAN = re.compile(r"(?:sf|ec|tc|la)([a-z]{2})\d{3,4}")
TX_FONTS = re.compile(r"[tp]1?x([a-z]{1,4})\d?")
CM_BOLD = frozenset({"b", "bx", "bxti", "bxsl", "ssbx", "ssdc", "mib", "bsy"})
CM_ITALIC = frozenset({"ti", "sl", "bxti", "bxsl", "ssi", "ssqi", "itt", "sltt", "mi", "mib"})
CM_MONO = frozenset({"tt", "itt", "sltt", "tcsc"})
EUROPEAN_BOLD = frozenset({"bx", "bi", "bl", "rb", "sx", "so", "xc", "oc"})
EUROPEAN_ITALIC = frozenset({"ti", "sl", "bi", "bl", "si", "so", "it", "st", "sc", "oc"})
EUROPEAN_MONO = frozenset({"tt", "it", "st", "tc"})
# Fontname codes of PostScript's fonts: "utmb8a" is a bold Times.
FONTNAME = re.compile(r"[pu](?P<family>tm|hv|cr|pl|bk|nc|ag)(?P<weight>[a-z])(?P<slant>[io]?)[\d]")
BOLD = re.compile(r"bold|black|heavy|demi|-medi(?:ital)?$")
# With one of these names, a weight computed from stems proves nothing.
REGULAR = re.compile(r"regular|roman|-regu|book|light|thin")
SLANTED = re.compile(r"italic|oblique|slanted|kursiv")
MONO = re.compile(
    r"mono(?!type|photo|prop)|courier|typewriter|consol|menlo|sourcecode|lettergothic|gyrecursor"
)


class FontStyle(NamedTuple):
    bold: bool
    italic: bool
    monospaced: bool


def style_of(name: str, flags: int, weight: int) -> FontStyle:
    """name: as in the file; flags, weight: as PDFium gives them."""
    low = SUBSET.sub("", name).lower()
    if found := COMPUTER_MODERN.fullmatch(low):
        shape = found[1]
        return FontStyle(shape in CM_BOLD, shape in CM_ITALIC, shape in CM_MONO)
    if found := EUROPEAN.fullmatch(low):
        shape = found[1]
        return FontStyle(shape in EUROPEAN_BOLD, shape in EUROPEAN_ITALIC, shape in EUROPEAN_MONO)
    if found := TX_FONTS.fullmatch(low):
        shape = found[1]
        return FontStyle(shape[0] == "b", shape.endswith(("i", "sl")), shape.endswith("tt"))
    if found := FONTNAME.match(low):
        return FontStyle(found["weight"] in "bd", bool(found["slant"]), found["family"] == "cr")
    heavy = weight >= BOLD_WEIGHT and not REGULAR.search(low)
    return FontStyle(
        bool(BOLD.search(low)) or heavy or bool(flags & FORCE_BOLD and "regular" not in low),
        bool(SLANTED.search(low)) or bool(flags & ITALIC),
        bool(MONO.search(low)) or bool(flags & FIXED_PITCH),
    )
