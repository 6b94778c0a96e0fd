"""Languages that the PP-OCRv6 character tables cover."""

from __future__ import annotations

# Latin alphabets whose every letter is in the table of the small model, and Chinese and Japanese.
# Not Vietnamese: its stacked accents are in the table, but one word in six comes out wrong.
PP_OCR_LANGUAGES = tuple(
    sorted(
        "afr aze bos cat ceb ces chi_sim chi_sim_vert chi_tra chi_tra_vert dan deu eng epo est eus"
        " fao fil fin fra fry gla gle glg hat hrv hun ind isl ita jav jpn jpn_vert kmr lat lav lit"
        " ltz mlt mri msa nld nor oci pol por que ron slk slv spa sqi srp_latn sun swa swe tur"
        " uzb".split()
    )
)
# Alphabets with marks beyond those of Western Europe: even PP-OCRv6 small drops some.
MARKED_LANGUAGES = frozenset(
    "aze bos ces epo est hrv hun kmr lav lit mlt pol ron slk slv srp_latn tur".split()
)
# PP-OCRv6 tiny drops their marks with confidence, or has no such letters (docs/benchmarks.md).
BEYOND_TINY = MARKED_LANGUAGES | {"dan", "fao", "isl", "nor"}
