"""Bold, italic and monospaced fonts of PDFs, recognized by the names that programs give them."""

from __future__ import annotations

import pytest

from app.ocr.source.pdf.font_style import FIXED_PITCH, FORCE_BOLD, ITALIC, style_of

# Name, flags and weight as PDFium gives them, and the style: b, i, m.
FONTS = [
    ("CMR10", 4, 744, ""),
    ("ABCDEF+CMBX12", 4, 545, "b"),
    ("CMBXTI10", 68, 535, "bi"),
    ("CMTI9", 4, 828, "i"),
    ("CMTT10", 4, 345, "m"),
    ("CMCSC10", 4, 360, ""),
    ("CMSSBX10", 4, 680, "b"),
    ("CMSY9", FIXED_PITCH | 4, 340, ""),
    ("SFRM1000", 4, 300, ""),
    ("SFBX1200", 4, 300, "b"),
    ("SFTT1000", 4, 300, "m"),
    ("SFBI1000", 4, 300, "bi"),
    ("SFTC1000", 4, 300, "m"),
    ("LATI1000", 4, 300, "i"),
    ("txsys", 4, 260, ""),
    ("t1xbtt", 4, 260, "bm"),
    ("t1xtt", 4, 260, "m"),
    ("utmb8a", 4, 0, "b"),
    ("phvro8r", 4, 0, "i"),
    ("pcrr8r", 4, 0, "m"),
    ("LMRoman12-Regular", 6, 325, ""),
    ("LMMono10-Regular", 6, 345, "m"),
    ("LMMonoProp10-Regular", 6, 345, ""),
    ("NimbusRomNo9L-Medi", 4, 560, "b"),
    ("NimbusRomNo9L-MediItal", 68, 560, "bi"),
    ("NimbusRomNo9L-Regu", 4, 650, ""),
    ("BJPIMC+LiberationSerif-Bold", FORCE_BOLD | 6, 800, "b"),
    ("LiberationMono-BoldItalic", FORCE_BOLD | ITALIC | 5, 800, "bim"),
    ("Helvetica-BoldOblique", 0, 0, "bi"),
    ("CourierNewPSMT", 0, 0, "m"),
    ("TeXGyreCursor-Bold", 0, 0, "bm"),
    ("MonotypeCorsiva", ITALIC, 0, "i"),
    ("TimesNewRomanPSMT", 0, 0, ""),
    ("MinionPro-SemiboldIt", ITALIC, 0, "bi"),
    ("Unknown", 0, 700, "b"),
    ("Unknown-Light", 0, 700, ""),
]


@pytest.mark.parametrize(("name", "flags", "weight", "style"), FONTS)
def test_style_of_a_font(name: str, flags: int, weight: int, style: str) -> None:
    found = style_of(name, flags, weight)
    assert "".join(sign for sign, said in zip("bim", found, strict=True) if said) == style
