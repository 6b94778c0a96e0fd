"""A font without outlines: every character has a place and a width, and nothing is drawn.

All characters share one glyph without area. A ToUnicode map gives the meaning of each code, so
that text of any script can be searched and copied without embedding a real font for it.
"""

from __future__ import annotations

import io
from functools import cache

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

BASE_FONT = Name("/Glyphless")
UNITS_PER_EM = 1000
# Every character is half as wide as the font's em.
ADVANCE = 500
WIDTH = ADVANCE / UNITS_PER_EM
# Codes have two bytes. Surrogates are not characters, so their codes are free for characters
# above U+FFFF, in order of appearance.
SPARE_CODES = range(0xD800, 0xE000)
REPLACEMENT = 0xFFFD
# Most entries allowed in one bfchar section.
SECTION = 100


class GlyphlessFont:
    """The font of one PDF. Encode all text first, then finish()."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.codes: dict[str, int] = {}
        self.spare = iter(SPARE_CODES)
        self.dictionary = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=BASE_FONT,
                Encoding=Name("/Identity-H"),
            )
        )

    def encode(self, text: str) -> bytes:
        """The operand of a Tj operator that shows the text."""
        return b"<%s>" % b"".join(b"%04x" % self._code(character) for character in text)

    def finish(self) -> None:
        """Completes the font for all characters encoded so far."""
        self.dictionary.DescendantFonts = Array([self._descendant()])
        self.dictionary.ToUnicode = self.pdf.make_stream(self._unicode_map())

    def _code(self, character: str) -> int:
        if character not in self.codes:
            point = ord(character)
            fits = point <= 0xFFFF and point not in SPARE_CODES
            self.codes[character] = point if fits else next(self.spare, REPLACEMENT)
        return self.codes[character]

    def _descendant(self) -> pikepdf.Object:
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name("/CIDFontType2"),
                BaseFont=BASE_FONT,
                CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
                CIDToGIDMap=self.pdf.make_stream(b"\x00\x01" * 0x10000),
                DW=ADVANCE,
                FontDescriptor=self._descriptor(),
            )
        )

    def _descriptor(self) -> pikepdf.Object:
        program = glyphless_truetype()
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=BASE_FONT,
                Flags=4 | 1,  # symbolic, fixed pitch
                FontBBox=Array([0, 0, ADVANCE, UNITS_PER_EM]),
                ItalicAngle=0,
                Ascent=UNITS_PER_EM,
                # Viewers treat a descent of 0 as missing and guess one.
                Descent=-1,
                CapHeight=UNITS_PER_EM,
                StemV=80,
                FontFile2=self.pdf.make_stream(program, Length1=len(program)),
            )
        )

    def _unicode_map(self) -> bytes:
        entries = [
            b"<%04x> <%s>" % (code, character.encode("utf-16-be", "replace").hex().encode())
            for character, code in sorted(self.codes.items(), key=lambda item: item[1])
        ]
        sections = [entries[at : at + SECTION] for at in range(0, len(entries), SECTION)]
        return CMAP % b"\n".join(
            b"%d beginbfchar\n%s\nendbfchar" % (len(section), b"\n".join(section))
            for section in sections
        )


CMAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@cache
def glyphless_truetype() -> bytes:
    """A TrueType program with two glyphs: the mandatory .notdef and the one in use."""
    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    names = [".notdef", "blank"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "blank": _diagonal()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=UNITS_PER_EM, descent=0)
    builder.setupPost(keepGlyphNames=False)
    # A time stamp would make two exports of the same result differ.
    builder.updateHead(created=0, modified=0)
    program = io.BytesIO()
    builder.save(program)
    return program.getvalue()


def _diagonal() -> Glyph:
    """An outline without area but with an extent: PDFium ignores text without extent."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((ADVANCE, UNITS_PER_EM))
    pen.closePath()
    return pen.glyph()
