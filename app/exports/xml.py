"""What XML formats share: allowed characters, building elements, language tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from app.ocr.result import Page

# XML 1.0, production [2] Char: everything else makes a file that no parser opens.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# ISO 639-2 codes, which Tesseract uses, with a shorter code that BCP 47 prefers.
SHORT_TAGS = dict(
    pair.split(":")
    for pair in (
        "afr:af amh:am ara:ar asm:as aze:az bel:be ben:bn bod:bo bos:bs bre:br bul:bg cat:ca "
        "ces:cs cos:co cym:cy dan:da deu:de div:dv dzo:dz ell:el eng:en epo:eo est:et eus:eu "
        "fao:fo fas:fa fin:fi fra:fr fry:fy gla:gd gle:ga glg:gl guj:gu hat:ht heb:he hin:hi "
        "hrv:hr hun:hu hye:hy iku:iu ind:id isl:is ita:it jav:jv jpn:ja kan:kn kat:ka kaz:kk "
        "khm:km kir:ky kor:ko kur:ku lao:lo lat:la lav:lv lit:lt ltz:lb mal:ml mar:mr mkd:mk "
        "mlt:mt mon:mn mri:mi msa:ms mya:my nep:ne nld:nl nor:nb oci:oc ori:or pan:pa pol:pl "
        "por:pt pus:ps que:qu ron:ro rus:ru san:sa sin:si slk:sk slv:sl snd:sd spa:es sqi:sq "
        "srp:sr sun:su swa:sw swe:sv tam:ta tat:tt tel:te tgk:tg tha:th tir:ti ton:to tur:tr "
        "uig:ug ukr:uk urd:ur uzb:uz vie:vi yid:yi yor:yo"
    ).split()
)
SCRIPTED_TAGS = {"chi_sim": "zh-Hans", "chi_tra": "zh-Hant", "chi": "zh", "ch": "zh"}


class Elements:
    """Builds elements of one namespace, which is their default: E("p", {"id": "a"}, "text", child).

    Texts must be clean; prefixes are declared on each root that is built.
    """

    def __init__(self, namespace: str, **prefixes: str) -> None:
        self.namespace = namespace
        # Any: lxml's type stubs do not know the key None of the default namespace.
        self.nsmap: Any = {None: namespace, **prefixes}

    def __call__(
        self, tag: str, *content: Mapping[str, str] | str | etree._Element, **attributes: str
    ) -> etree._Element:
        element = etree.Element(f"{{{self.namespace}}}{tag}", attributes, self.nsmap)
        for item in content:
            if isinstance(item, str):
                element.text = item
            elif isinstance(item, Mapping):
                for name, value in item.items():
                    element.set(name, value)
            else:
                element.append(item)
        return element


def clean(text: str) -> str:
    """Without control characters, lone surrogates and non-characters."""
    return ILLEGAL.sub("", text)


def one_line(text: str) -> str:
    """Clean, with every run of white space as one space: fit for an attribute or a table cell."""
    return " ".join(clean(text).split())


def language_tag(code: str) -> str | None:
    """The BCP 47 tag of a Tesseract language code: "deu" -> "de"; None for script models."""
    base = code.removesuffix("_vert")
    if base in SCRIPTED_TAGS:
        return SCRIPTED_TAGS[base]
    language = base.partition("_")[0]
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    return SHORT_TAGS.get(language, language)


def page_language(page: Page) -> str | None:
    """Tag of the page's first language."""
    return first_tag(page.languages)


def first_tag(codes: Iterable[str]) -> str | None:
    return next((tag for tag in map(language_tag, codes) if tag), None)
