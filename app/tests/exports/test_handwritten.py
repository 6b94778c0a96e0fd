"""Marks of doubtful handwriting, from storage to JSON."""

from __future__ import annotations

import json
from itertools import product

import jsonschema
import pytest

from app.exports.base import Document, Part
from app.ocr.result import Bbox, Block, Line, Page, Word
from app.ocr.tree import page_from_tree, page_to_tree
from app.tests.exports.programs import export
from app.tests.exports.test_text_formats import SCHEMAS

WORDS = tuple(
    Word(f"word{at}", Bbox(60 * at, 0, 60 * at + 50, 20), 0.5, space, source, handwritten)
    for at, (space, source, handwritten) in enumerate(
        product((True, False), ("", "form"), (True, False))
    )
)
PAGE = Page(1, 1000, 100, (Block((Line(WORDS),)),))


def test_stored_words_keep_what_they_are() -> None:
    stored = json.loads(json.dumps(page_to_tree(PAGE)))
    assert tuple(page_from_tree(stored).words) == WORDS


@pytest.mark.parametrize("version", SCHEMAS)
def test_json_marks_handwritten_words_alone(version: int) -> None:
    document = Document("letter", (Part("letter", (PAGE,)),))
    data = json.loads(export("json", document, schema=version))
    jsonschema.validate(data, SCHEMAS[version], jsonschema.Draft202012Validator)
    [line] = data["pages"][0]["blocks"][0]["lines"]
    marked = [word["text"] for word in line["words"] if word.get("handwritten")]
    assert marked == [word.text for word in WORDS if word.handwritten and version == 2]
