"""Language codes of other services and Tesseract's."""

from __future__ import annotations

from collections.abc import Iterable

from app.engines.catalog import language_catalog
from app.services.engine_settings import engine_config

# ISO 639-1 and BCP 47 -> Tesseract. A code that is not here is tried without its region.
BCP47 = {
    "af": "afr", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "eo": "epo", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fil": "fil",
    "fr": "fra", "ga": "gle", "gl": "glg", "gu": "guj", "he": "heb", "iw": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn",
    "ka": "kat", "kk": "kaz", "km": "khm", "kn": "kan", "ko": "kor", "ky": "kir", "la": "lat",
    "lo": "lao", "lt": "lit", "lv": "lav", "mk": "mkd", "ml": "mal", "mn": "mon", "mr": "mar",
    "ms": "msa", "mt": "mlt", "my": "mya", "nb": "nor", "ne": "nep", "nl": "nld", "no": "nor",
    "pa": "pan", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sa": "san", "si": "sin",
    "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sr-latn": "srp_latn", "sv": "swe",
    "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr",
    "ur": "urd", "uz": "uzb", "vi": "vie", "yi": "yid", "zh": "chi_sim", "zh-cn": "chi_sim",
    "zh-hans": "chi_sim", "zh-hant": "chi_tra", "zh-hk": "chi_tra", "zh-tw": "chi_tra",
}  # fmt: skip
TESSERACT_TO_BCP47 = {
    **{code: tag for tag, code in reversed(BCP47.items())},
    "chi_sim": "zh",
    "chi_tra": "zh-Hant",
    "srp_latn": "sr-Latn",
}


def from_bcp47(tag: str) -> str:
    """Tesseract's code: `de-AT` -> deu. An unknown tag comes back as it is."""
    tag = tag.strip().lower().replace("_", "-")
    return BCP47.get(tag) or BCP47.get(tag.partition("-")[0]) or tag


def tesseract_code(code: str) -> str:
    """Also for codes that are Tesseract's already: eng -> eng, en -> eng, pt-BR -> por."""
    return from_bcp47(code) if len(code) == 2 or "-" in code else code


def to_bcp47(codes: Iterable[str]) -> str:
    """The tag of the first language: deu -> de; "und" where there is none."""
    for code in codes:
        return TESSERACT_TO_BCP47.get(code, code)
    return "und"


def installed_hints(tags: Iterable[str]) -> tuple[str, ...]:
    """Those of the hinted languages that this site reads: a hint is no reason to refuse a file."""
    installed = {entry.code for entry in language_catalog(engine_config()) if entry.engines}
    codes = dict.fromkeys(from_bcp47(tag) for tag in tags)
    return tuple(code for code in codes if code in installed)[:8]
