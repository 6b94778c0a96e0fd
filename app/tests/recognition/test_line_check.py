"""Which engine reads a line of a PDF to check its text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.recognition.line_check import read_line

LINE = np.zeros((40, 200, 3), np.uint8)


def readers(*, sure: float, paddle: tuple[str, ...], tesseract: tuple[str, ...]) -> Any:
    """Engines that answer with their own name. sure: of PP-OCR and its heads."""
    installed = SimpleNamespace(available=True)

    def read(line: object, options: Any) -> tuple[str, float]:
        return f"paddle {'+'.join(options.languages)}", sure

    def recognize(line: object, options: Any) -> SimpleNamespace:
        return SimpleNamespace(text=f"tesseract {'+'.join(options.languages)}")

    return SimpleNamespace(
        paddle=SimpleNamespace(
            availability=lambda: installed, languages=lambda: paddle, read_line=read
        ),
        tesseract=SimpleNamespace(
            availability=lambda: installed, languages=lambda: tesseract, recognize=recognize
        ),
    )


@pytest.mark.parametrize(
    ("script", "sure", "expected"),
    [
        ("Latin", 0.9, "paddle eng"),
        ("Latin", 0.5, None),
        ("Han", 0.9, "paddle chi_sim+chi_tra+jpn"),
        ("Arabic", 0.9, "paddle ara"),  # Tesseract reads no bold Arabic
        ("Arabic", 0.5, "tesseract Arabic"),
        ("Thai", 0.5, None),
        ("Bengali", 0.9, None),
    ],
)
def test_own_heads_go_before_tesseract(script: str, sure: float, expected: str | None) -> None:
    engines = readers(sure=sure, paddle=("eng", "ara", "tha"), tesseract=("Arabic", "eng"))
    assert read_line(engines, LINE, script) == expected
