"""Characters that hardly belong in words are noticed, those of ordinary texts are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pikepdf import Name

from app.ocr.result import Bbox
from app.ocr.source.base import Pixels
from app.ocr.source.text_layer import TextLayer
from app.recognition.layer_check import wrong_odd_fonts
from app.tests.drawing import PROSE
from app.tests.pdfs import PdfPage, layer_of, layer_text, show

# What the font draws, with the character that its map says for one of its glyphs.
MISNAMED = {
    "ligature for an accented letter": ("The oMcial report of curious oMces", {"M": "û"}),
    "ligature for a rare letter": ("Applicamon for translamon", {"m": "Ɵ"}),
    "letters for fractions": ("Accounts wimh commimees", {"m": "½"}),
    "letters of another alphabet": ("Ciudad Automoma de Remedios", {"m": "у"}),
    "letters for brackets": ("Accounts wimh commimees", {"m": ">"}),
}


def layer(folder: Path, text: str, means: dict[str, str]) -> TextLayer:
    made = PdfPage().mapped_font("M", "Helvetica", lambda each: means.get(each, each))
    for at, line in enumerate(PROSE[:3]):
        made.add(show(line.replace("m", "n").replace("M", "N"), 20, 100 - 20 * at, 11, "M"))
    found = layer_of(folder, made.add(show(text, 20, 200, font="M")).data())
    assert found is not None
    return found


def blank(box: Bbox) -> Pixels:
    return np.zeros((box.height, box.width), np.uint8)


@pytest.mark.parametrize("kind", MISNAMED)
def test_lines_with_misnamed_glyphs_are_left_to_recognition(tmp_path: Path, kind: str) -> None:
    text, means = MISNAMED[kind]
    ((drawn, said),) = means.items()
    found = layer(tmp_path, text, means)
    shown = iter([word for word in text.split() if drawn in word] * 2)
    wrong = wrong_odd_fonts(found, blank, lambda *_: next(shown))
    checked = found.without_odd_lines(wrong)
    assert said not in layer_text(checked)
    assert PROSE[0].split()[0] in layer_text(checked)
    assert len(checked.unread) == len(found.unread) + 1
    assert checked.unreadable


@pytest.mark.parametrize("kind", MISNAMED)
@pytest.mark.parametrize("reads", ["the same", "nothing"])
def test_what_is_read_as_it_is_written_stays(tmp_path: Path, kind: str, reads: str) -> None:
    found = layer(tmp_path, *MISNAMED[kind])
    words = iter([text for line in found.odd_lines for text, _, _ in line.words] * 4)
    wrong = wrong_odd_fonts(found, blank, lambda *_: next(words) if reads == "the same" else None)
    assert wrong == frozenset()
    assert found.without_odd_lines(wrong) is found


@pytest.mark.parametrize(
    "text",
    [
        "Le théâtre français a été fermé à Noël, où l'âme s'élève",
        "Größe und Länge über Öffnungen: 10 µm/s, 5°C, ½ Liter",
        "Write to r.d@example.org or https://example.org/?a=1&b=2#c",
        "R&D, and/or (see p. 7), C++, [1], 20% of x<3 -> done; cost: £3",
    ],
)
def test_ordinary_texts_have_no_odd_lines(tmp_path: Path, text: str) -> None:
    made = PdfPage()
    made.resources.Font.F1.Encoding = Name.WinAnsiEncoding
    made.add(show(text, 20, 200, 11).encode("cp1252"))
    found = layer_of(tmp_path, made.data())
    assert found is not None
    assert found.odd_lines == ()


def test_chinese_signs_between_letters_are_not_odd(tmp_path: Path) -> None:
    means = {"a": "农", "b": "林", "c": "、", "d": "：", "e": "（"}
    found = layer(tmp_path, "acbcaebda", means)
    assert found.odd_lines == ()
