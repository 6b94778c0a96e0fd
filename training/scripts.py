"""Scripts that have our own heads: alphabets, languages, sources of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .faces import HANDWRITTEN

ASCII = "".join(map(chr, range(0x21, 0x7F)))
SYMBOLS = "«»“”„‘’‚–—…•·°№§€£©®×±½¼¾²³†→"


@dataclass(frozen=True)
class Script:
    """The alphabet of one head, and sources for drawing its lines.

    letters: added to ASCII and SYMBOLS, in the order of the classes. languages: Tesseract codes
    that the head serves. words: codes of word lists in wordfreq. packages: Debian packages with
    running text. word_lists: Debian packages with dictionaries. sample: letters that a font must
    have. right_to_left, jamo: used to turn a text into the network's classes (encoding.py).
    stretch: sideways scale of a line, for scripts with more letters than steps. faces: prefixes of
    its font files' names in any case, if typefaces and not letters make the script.
    """

    name: str
    letters: str
    languages: tuple[str, ...]
    words: tuple[str, ...]
    packages: tuple[str, ...]
    sample: str
    right_to_left: bool = False
    jamo: bool = False
    stretch: float = 1.0
    word_lists: tuple[str, ...] = field(default=())
    faces: tuple[str, ...] = ()

    @property
    def characters(self) -> list[str]:
        """Classes of the network after the blank; the last is the space."""
        return [*dict.fromkeys(ASCII + SYMBOLS + self.letters), " "]

    def has_face(self, font: Path) -> bool:
        return font.name.lower().startswith(tuple(map(str.lower, self.faces)))


def _range(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


def _assigned(characters: Iterable[str]) -> str:
    """Characters that are assigned in Unicode and unchanged by NFC."""
    return "".join(
        each
        for each in characters
        if unicodedata.name(each, "") and unicodedata.normalize("NFC", each) == each
    )


VIETNAMESE = "".join(
    unicodedata.normalize("NFC", base + mark)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)

SCRIPTS = {
    script.name: script
    for script in (
        Script(
            "Cyrillic",
            _range(0x400, 0x45F) + "ҐґӘәҒғҚқҢңӨөҰұҮүҺһҖҗҠҡҘҙҪҫҲҳҶҷӢӣӮӯӐӑӖӗѢѣѲѳѴѵ",
            tuple("rus ukr bul srp mkd bel kaz kir tat tgk mon bak chv".split()),
            ("ru", "uk", "bg", "mk"),
            tuple(
                "libreoffice-help-ru gimp-help-ru manpages-ru fortunes-ru libreoffice-l10n-uk"
                " gimp-help-uk manpages-uk libreoffice-l10n-bg fortunes-bg libreoffice-l10n-sr"
                " manpages-sr libreoffice-l10n-mk manpages-mk libreoffice-l10n-be"
                " libreoffice-l10n-kk".split()
            ),
            "БДЖЩЯбджщяЇѓ",
        ),
        Script(
            "Greek",
            _assigned(_range(0x386, 0x3CE)) + _assigned(_range(0x1F00, 0x1FFC)),
            ("ell", "grc"),
            ("el",),
            ("libreoffice-help-el", "gimp-help-el", "manpages-el"),
            "ΔΨΩλξωάή",
        ),
        Script(
            "Vietnamese",
            VIETNAMESE + "đĐ₫",
            ("vie",),
            ("vi",),
            ("libreoffice-help-vi", "libreoffice-l10n-vi", "manpages-vi"),
            "ộẵểữƠĐ",
        ),
        Script(
            "Hebrew",
            _range(0x5D0, 0x5EA) + "׳״־₪",
            ("heb", "yid"),
            ("he",),
            ("libreoffice-l10n-he",),
            "אבגשת",
            right_to_left=True,
            word_lists=("hunspell-he",),
        ),
        Script(
            "Hangul",
            _range(0x1100, 0x1112) + _range(0x1161, 0x1175) + _range(0x11A8, 0x11C2) + "「」『』₩",
            ("kor",),
            ("ko",),
            ("libreoffice-help-ko", "gimp-help-ko"),
            "가한뷁쀍",
            jamo=True,
        ),
        Script(
            "Arabic",
            _range(0x621, 0x63A) + _range(0x641, 0x64A) + "پچژگکیےٹڈڑںہھۃۀۂۓ،؛؟٪٫٬ـ٠١٢٣٤٥٦٧٨٩۴۵۶",
            ("ara", "fas", "urd"),
            ("ar", "fa", "ur"),
            ("libreoffice-l10n-ar", "libreoffice-l10n-fa", "gimp-help-fa"),
            "بجعمي",
            right_to_left=True,
            stretch=1.5,
        ),
        Script(
            "Devanagari",
            _assigned(_range(0x901, 0x914) + _range(0x915, 0x939) + _range(0x93C, 0x94D))
            + "ऽॐॠ।॥॰०१२३४५६७८९ॅॉॆॊक़ख़ग़ज़ड़ढ़फ़य़₹",
            ("hin", "mar", "nep", "san"),
            ("hi",),
            ("libreoffice-help-hi", "libreoffice-l10n-hi"),
            "कखगक्ष",
            stretch=1.5,
        ),
        Script(
            "Thai",
            _range(0xE01, 0xE3A) + _range(0xE3F, 0xE5B),
            ("tha",),
            (),
            ("libreoffice-l10n-th",),
            "กขคงจฉ",
            stretch=1.5,
            word_lists=("hunspell-th",),
        ),
        Script(
            "Georgian",
            _range(0x10D0, 0x10FA) + "₾",
            ("kat",),
            (),
            ("libreoffice-l10n-ka",),
            "აბგდწჭ",
        ),
        Script(
            "Armenian",
            _range(0x531, 0x556) + _range(0x55A, 0x55F) + _range(0x561, 0x587) + "։֊֏",
            ("hye",),
            (),
            ("firefox-esr-l10n-hy-am", "thunderbird-l10n-hy-am", "iso-codes"),
            "ԱԲՖաբֆև։՞",
            word_lists=("myspell-hy",),
        ),
        Script(
            "Fraktur",
            "ſäöüßÄÖÜéèàáâêôëïçæœÆŒ",
            ("frk", "deu_latf"),
            (),
            ("fortunes-de", "gimp-help-de", "manpages-de"),
            "Aa",
            word_lists=("hunspell-de-de",),
            faces=(
                "Unifraktur",
                "yfrak",
                "ygoth",
                "yswab",
                "QTFraktur",
                "Blankenburg",
                "ManufacturingConsent",
                "PirataOne",
                "GrenzeGotisch_400",
            ),
        ),
        Script(
            "Handwriting",
            _range(0xC0, 0xFF) + _assigned(_range(0x100, 0x17F)),
            (),
            ("en", "de", "fr", "es", "it", "nl", "pl"),
            tuple(
                "libreoffice-help-en-us libreoffice-help-de libreoffice-help-fr"
                " libreoffice-help-es libreoffice-help-it libreoffice-help-nl"
                " libreoffice-l10n-pl fortunes fortunes-de fortunes-es fortunes-it".split()
            ),
            "Azéü",
            faces=tuple(name.replace("-", "") for name in HANDWRITTEN),
        ),
        Script(
            "Symbols",
            _range(0xC0, 0xFF) + "¡¿‹›‰‡¶™ªº¹⅓⅔⅛⅜⅝⅞ŒœŠšŽžŸß",
            (),
            ("es", "fr", "it"),
            ("fortunes-de", "gimp-help-de"),
            "¼¾‰¡†",
        ),
    )
}

# Recognized by every head in addition; it has no head of its own.
ENGLISH = Script("English", "", ("eng",), ("en",), ("libreoffice-help-en-us",), "Aag")
