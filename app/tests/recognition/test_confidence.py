"""Calibrated confidence, and how its tables are fitted."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.ocr.result import Bbox, Block, Cell, Line, Page, Word
from app.recognition.confidence import calibrated, calibration
from app.recognition.confidence.calibration import kind_of
from app.recognition.confidence.features import OF_ENGINE, PageFacts, line_features
from app.recognition.confidence.plausibility import surprise
from benchmarks.calibration import expected_error
from benchmarks.calibration_fit import fitted
from benchmarks.calibration_words import Truth

ENGINES = ("tesseract", "paddleocr")
# Right words are read with confidence, and consist only of letters that occur together in
# languages.
WEIGHTS = np.array(
    [0.5, 0.1, 0.3, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0, -2.0, -0.5, 0.0, -0.4, -0.4, 0.3,
     -0.2, -0.1, 2.0]
)  # fmt: skip
TABLE = calibration.Calibration(WEIGHTS, np.array([-5.0, 0.0, 6.0]), np.array([0.05, 0.4, 0.98]))


@pytest.fixture(autouse=True)
def known_table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {f"{engine} {kind}": TABLE for engine in ENGINES for kind in ("Latin", "other")}
    monkeypatch.setattr(calibration, "_calibrations", lambda: table)


def line_of(*texts: str, sure: float = 0.9, top: int = 0) -> Line:
    boxes = (Bbox(100 * at, top, 100 * at + 90, top + 30) for at in range(len(texts)))
    return Line(tuple(Word(text, box, sure) for text, box in zip(texts, boxes, strict=True)))


def page_of(*lines: Line, engine: str = "tesseract") -> Page:
    return Page(1, 800, 600, (Block(lines),), engine=engine)


def confidences(page: Page) -> list[float]:
    return [word.confidence for word in calibrated(page).words]


@pytest.mark.parametrize("text", ["harbour", "гавань", "1,240.50"])
@pytest.mark.parametrize("engine", ENGINES)
def test_surer_readings_are_never_less_right(engine: str, text: str) -> None:
    found = [
        confidences(page_of(line_of(text, text, sure=sure), engine=engine))[0]
        for sure in np.linspace(0, 1, 41)
    ]
    assert found == sorted(found)
    assert 0 <= found[0] < found[-1] <= 1


@pytest.mark.parametrize("engine", ENGINES)
def test_odd_mixture_is_less_right_than_a_word(engine: str) -> None:
    plain, odd = confidences(page_of(line_of("harbour", "hAr8oUr"), engine=engine))
    assert odd < plain


@pytest.mark.parametrize(
    ("word", "misread"),
    [("straight", "stralght"), ("marble", "rnarble"), ("lately", "latcly")],
)
def test_letters_that_languages_have_together_are_surer(word: str, misread: str) -> None:
    plain, other = confidences(page_of(line_of(word, misread)))
    assert other < plain


def test_word_that_the_page_has_again_is_surer() -> None:
    once, again = page_of(line_of("harbour", "town")), page_of(line_of("harbour", "Harbour,"))
    assert confidences(again)[0] > confidences(once)[0]


def test_signs_and_single_letters_are_less_sure_than_words() -> None:
    word, letter, symbol = confidences(page_of(line_of("an", "b", "|")))
    assert word > letter
    assert word > symbol


def test_surprise_of_letters_is_that_of_their_language_without_accents() -> None:
    assert surprise("liberté") == surprise("liberte") == surprise("Liberté,")
    assert surprise("12.50") == surprise("ab")
    assert surprise("the")[0] < surprise("hte")[0] < surprise("qxz")[0]
    assert surprise("гавань")[0] > surprise("harbour")[0]


def test_words_keep_all_but_their_confidence() -> None:
    page = page_of(line_of("Harbour", "town", sure=0.6))
    assert calibrated(page).text == page.text
    assert [word.bbox for word in calibrated(page).words] == [word.bbox for word in page.words]


def test_cells_of_a_table_have_the_confidence_of_its_lines() -> None:
    row = [Cell(0, at, (line_of("Harbour", sure=0.5),), Bbox(0, 0, 90, 30)) for at in range(2)]
    page = calibrated(Page(1, 800, 600, (Block.table(row),), engine="paddleocr"))
    (table,) = page.blocks
    in_cells = [word for cell in table.cells for line in cell.lines for word in line.words]
    assert in_cells == list(page.words)
    assert in_cells[0].confidence != 0.5


def test_shipped_tables_rise() -> None:
    line = line_of("word")
    (features,) = line_features(line, PageFacts.of(page_of(line)))
    for name, stored in json.loads(calibration.FITTED.read_text(encoding="utf-8")).items():
        assert name.split()[0] in ENGINES
        assert len(stored["weights"]) == len(features) + 1
        # Higher confidence of the engine never lowers the calibrated one.
        assert min(stored["weights"][:OF_ENGINE]) >= 0
        assert stored["values"] == sorted(stored["values"])
        assert stored["shares"] == sorted(stored["shares"])
        assert 0 <= stored["shares"][0] <= stored["shares"][-1] <= 1


def test_script_without_a_table_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "_calibrations", lambda: {"tesseract Latin": TABLE})
    latin, other = confidences(page_of(line_of("harbour", "гавань", sure=0.6)))
    assert latin != 0.6
    assert other == 0.6


def test_other_engines_are_left_as_they_are() -> None:
    page = page_of(line_of("Harbour", sure=0.6), engine="easyocr")
    assert calibrated(page) == page


def test_figures_count_as_latin() -> None:
    assert [kind_of(text) for text in ("12.50", "Ware", "Fähre", "порт", "12 порт", "港")] == [
        "Latin",
        "Latin",
        "Latin",
        "other",
        "other",
        "other",
    ]


def test_fit_finds_the_share_of_right_words() -> None:
    """Words are right with a known probability, while the engine's numbers are overconfident."""
    chance = np.random.default_rng(1)
    features = chance.normal(0, 2, (12000, 3))
    truly = 1 / (1 + np.exp(-(0.5 + features @ [1.0, -0.5, 0.0])))
    right = (chance.random(12000) < truly).astype(np.float64)
    half = len(right) // 2
    found = fitted(features[:half], right[:half]).share(features[half:])
    overconfident = np.minimum(1.0, truly[half:] + 0.2)
    assert expected_error(found, right[half:]) < 0.03 < expected_error(overconfident, right[half:])
    assert float(np.mean(np.abs(found - truly[half:]))) < 0.04


@pytest.mark.parametrize(
    ("truth", "words", "right"),
    [
        ("red fox, red", ["red", "fox", "red", "red"], [True, True, True, False]),
        ("Total 12,50 EUR", ["Total", "12,50EUR", "EURO"], [True, True, False]),
        ("TOTAL DUE", ["Total", "due"], [True, True]),
        ("Total due", ["total", "Due"], [False, False]),
        ("to be sure", ["tobe", "su", "re", "sune"], [True, True, True, False]),
    ],
)
def test_word_is_right_if_the_truth_has_it_spaced_in_any_way(
    truth: str, words: list[str], right: list[bool]
) -> None:
    known = Truth(truth, unspaced=False)
    texts = [known.normal(word) for word in words]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    assert [known.has(word, before, after) for before, word, after in around] == right
