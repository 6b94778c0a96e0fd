"""Building blocks of the XML formats: elements in a namespace, language of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from app.ocr.languages import first_tag
from app.ocr.result import Page


class Elements:
    """Builds elements in a default namespace: E("p", {"id": "a"}, "text", child).

    Texts must be clean. Every element that becomes a root declares the prefixes.
    """

    def __init__(self, namespace: str, **prefixes: str) -> None:
        self.namespace = namespace
        # Any: lxml's type stubs do not allow the key None of the default namespace.
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


def page_language(page: Page) -> str | None:
    """Tag of the page's first language."""
    return first_tag(page.languages)
