"""Detection of pages in another script than the site's usual languages.

The usual languages are only a default, so the page's own text may show that they are wrong. No
check here looks at pixels, so all are cheap enough for every page.
"""

from __future__ import annotations

import re

from app.engines.paddleocr.heads.twin_words import script_of_twins
from app.ocr.languages import language_of
from app.ocr.result import Page
from app.ocr.scripts import script_counts

from .language_detection import CONVINCING, Guess, script_share
from .language_id import chinese_of

# Share of the letters that must be in the scripts of the usual languages.
USUAL_SHARE = 0.8
# Least number of characters of a line, divided by its ratio of width to height.
LEAST_DENSITY = 0.3
# A text in no known language (a receipt, a list of names) is believed if its confidence is at least
# this and if a smaller share of its words than this looks like other letters taken for Latin ones.
BELIEVED_CONFIDENCE = 0.9
ODD_WORDS = 0.15
# Words such as "быстрая" and "собаку" are read with a capital or a digit inside.
ODD_WORD = re.compile(r"[a-z][A-Z]|[A-Za-z][0-9][A-Za-z]")


def is_foreign(page: Page, first: Guess, usual: tuple[str, ...]) -> bool:
    """page: read by PP-OCR; first: the language of its text; usual: the site's languages."""
    if not page.text or _is_sparse(page) or _has_other_letters(page.text, usual):
        return True
    if script_of_twins(page.text):
        return True
    doubtful = page.confidence < BELIEVED_CONFIDENCE or _odd_words(page.text) >= ODD_WORDS
    return first.evidence < CONVINCING and doubtful


def asian_language(text: str) -> str | None:
    """ "jpn", "chi_sim" or "chi_tra" for a text that is mostly in their characters."""
    if script_share(text, ("Han", "Kana")) < 0.5:
        return None
    return "jpn" if script_counts(text)["Kana"] else chinese_of(text)


def has_lines_in_other_letters(page: Page) -> bool:
    """Whether a page that is mostly Chinese or Japanese has lines without their characters."""
    counts = (script_counts(line.text) for line in page.lines)
    return any(each.total() and not each["Han"] + each["Kana"] for each in counts)


def _is_sparse(page: Page) -> bool:
    """Whether too little was read: PP-OCR finds lines in every script, but of letters that it does
    not know it reads only the full stops."""
    boxes = [line.bbox for line in page.lines if line.direction != "ttb"]
    expected = sum(box.width / max(1, box.height) for box in boxes)
    return len("".join(page.text.split())) < LEAST_DENSITY * expected


def _has_other_letters(text: str, usual: tuple[str, ...]) -> bool:
    scripts = {language_of(code).script for code in usual}
    if "Japanese" in scripts:
        scripts |= {"Han", "Kana"}
    if not script_counts(text):
        return False
    return script_share(text, tuple(scripts)) < USUAL_SHARE


def _odd_words(text: str) -> float:
    """Share (0-1) of odd words among the words with letters."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return sum(map(bool, map(ODD_WORD.search, words))) / len(words) if words else 0.0
