"""Lists in Word: numbering definitions of nine levels, and a separate count for each list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import _Element

from app.exports.content.lists import DEEPEST, ItemList, ListItem, Node, nested, runs

# Bullets by depth, as in Word's own templates.
BULLETS = "•◦▪"
# Indentation of each level and hanging indent of its marker, in twentieths of a point.
STEP, HANGING = 360, 360


class Numbering:
    """The document's bullets and numbers. Definitions are added on first use."""

    def __init__(self, word: WordDocument) -> None:
        self._root: _Element = word.part.numbering_part.element
        self._definitions: dict[str, int] = {}
        self._bullets: int | None = None

    def bullets(self) -> int:
        """Id of the bulleted list, which all bulleted items share."""
        if self._bullets is None:
            self._bullets = self._add_list(self._definition("bullet"))
        return self._bullets

    def numbers(self, level: int, start: int) -> int:
        """The id of a new list that counts from start. level: from 0."""
        list_id = self._add_list(self._definition("decimal"))
        override = _element("w:lvlOverride", ilvl=level)
        override.append(_element("w:startOverride", val=start))
        self._root[-1].append(override)
        return list_id

    def _definition(self, format: str) -> int:
        if format not in self._definitions:
            taken = self._root.findall(qn("w:abstractNum"))
            number = _free_number(taken, "w:abstractNumId")
            definition = _element("w:abstractNum", abstractNumId=number)
            definition.append(_element("w:multiLevelType", val="multilevel"))
            definition.extend(_level(level, format) for level in range(DEEPEST))
            # The schema requires all definitions before all lists.
            self._root.insert(len(taken), definition)
            self._definitions[format] = number
        return self._definitions[format]

    def _add_list(self, definition: int) -> int:
        number = _free_number(self._root.findall(qn("w:num")), "w:numId")
        entry = _element("w:num", numId=number)
        entry.append(_element("w:abstractNumId", val=definition))
        self._root.append(entry)
        return number


def list_paragraphs(
    word: WordDocument, items: ItemList, numbering: Numbering
) -> Iterator[tuple[WordParagraph, ListItem]]:
    """Adds an empty list paragraph for each item."""
    yield from _paragraphs(word, nested(items.items), 0, numbering)


def _paragraphs(
    word: WordDocument, nodes: Sequence[Node], level: int, numbering: Numbering
) -> Iterator[tuple[WordParagraph, ListItem]]:
    for style, run in runs(nodes):
        list_id: int | None = None
        if style == "number":
            list_id = numbering.numbers(level, run[0].item.number or 0)
        elif style == "bullet":
            list_id = numbering.bullets()
        for node in run:
            yield _paragraph(word, style, level, list_id), node.item
            yield from _paragraphs(word, node.children, level + 1, numbering)


def _paragraph(word: WordDocument, style: str, level: int, list_id: int | None) -> WordParagraph:
    if list_id is None:
        paragraph = word.add_paragraph(style="List")
        paragraph.paragraph_format.left_indent = Twips(STEP * (level + 1))
        paragraph.paragraph_format.first_line_indent = Twips(-HANGING)
        return paragraph
    paragraph = word.add_paragraph(style="List Number" if style == "number" else "List Bullet")
    numbering = paragraph._p.get_or_add_pPr()._add_numPr()  # type: ignore[attr-defined]
    numbering.append(_element("w:ilvl", val=level))
    numbering.append(_element("w:numId", val=list_id))
    return paragraph


def _level(level: int, format: str) -> _Element:
    element = _element("w:lvl", ilvl=level)
    text = BULLETS[level % len(BULLETS)] if format == "bullet" else f"%{level + 1}."
    element.append(_element("w:start", val=1))
    element.append(_element("w:numFmt", val=format))
    element.append(_element("w:lvlText", val=text))
    element.append(_element("w:lvlJc", val="left"))
    properties = _element("w:pPr")
    properties.append(_element("w:ind", left=STEP * (level + 1), hanging=HANGING))
    element.append(properties)
    return element


def _element(tag: str, **attributes: int | str) -> _Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _free_number(taken: Iterable[_Element], attribute: str) -> int:
    return max((int(element.get(qn(attribute)) or 0) for element in taken), default=0) + 1
