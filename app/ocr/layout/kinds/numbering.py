"""Numbers in front of headings and numbered paragraphs, in several languages."""

from __future__ import annotations

import re

NUMBERED = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?|[IVXL]{1,6}\.|[A-Z]\.|§\s?\d+|"
    r"(?:chapter|section|part|appendix|kapitel|abschnitt|teil|anhang|chapitre|partie|annexe|"
    r"cap[ií]tulo|capitolo|глава|раздел)\s+[\dIVXLA-Z]+[.:]?)\s+(?=\S)",
    re.IGNORECASE,
)
CJK_NUMBERED = re.compile(r"第[\d一二三四五六七八九十百]+[章節节条編编部]")
