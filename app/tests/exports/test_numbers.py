"""Printed numbers: recognizing the decimal mark, and texts that are not numbers."""

from __future__ import annotations

import pytest

from app.exports.content.numbers import column_numbers, decimal_mark, is_number, language_mark


def values(texts: list[str], mark: str | None = None) -> list[float | None]:
    return [number and number.value for number in column_numbers(texts, mark)]


@pytest.mark.parametrize(
    ("text", "value", "format"),
    [
        ("1,234.50", 1234.5, "#,##0.00"),
        ("1.234,50", 1234.5, "#,##0.00"),
        ("1 234,5", 1234.5, "#,##0.0"),
        ("1\N{NO-BREAK SPACE}234", 1234, "#,##0"),
        ("1'234.50", 1234.5, "#,##0.00"),
        ("12,34,567.00", 1234567, "#,##0.00"),
        ("0.125", 0.125, "0.000"),
        (".5", 0.5, "0.0"),
        ("-7", -7, "0"),
        ("−7,5", -7.5, "0.0"),
        ("7,50-", -7.5, "0.00"),
        ("(1,234.00)", -1234, "#,##0.00"),
        ("12.5 %", 0.125, "0.0%"),
        ("€ 12,50", 12.5, '"€ "0.00'),
        ("12,50 €", 12.5, '0.00" €"'),
        ("$-1,000,000", -1000000, '"$"#,##0'),
        ("12,50 EUR", 12.5, '0.00" EUR"'),
        ("٢٫٥", 2.5, "0.0"),
        ("١٬٢٣٤", 1234, "#,##0"),
        ("12", 12, "0"),
        ("0", 0, "0"),
    ],
)
def test_numbers_in_any_notation(text: str, value: float, format: str) -> None:
    [number] = column_numbers([text], None)
    assert number is not None
    assert (number.value, number.format) == (value, format)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "007",
        "12.03.2024",
        "12:30",
        "1,23,4",
        "3-4",
        "1e5",
        "12 kg",
        "(1)",
        "+49 30 1234",
        "4111 1111 1111 1111",
        "12345678901234567",
        "--5",
        "1/2",
        "DE12",
        "=1",
        "²",
        "½",
    ],
)
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    assert not is_number(text)
    assert values([text], ".") == [None]


def test_the_column_decides_about_doubtful_numbers() -> None:
    assert values(["1.234", "2,50"]) == [1234, 2.5]
    assert values(["1.234", "2.5"]) == [1.234, 2.5]
    assert values(["1,234", "12.50"]) == [1234, 12.5]


def test_else_the_language_decides() -> None:
    assert values(["1.234"], language_mark("de")) == [1234]
    assert values(["1.234"], language_mark("en")) == [1.234]
    assert values(["1,234"], language_mark("zh-Hans")) == [1234]
    assert values(["1.234"], language_mark(None)) == [None]


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    texts = ["1.5", "2,5", "1.234"]
    assert decimal_mark(texts) is None
    assert values(texts) == [1.5, 2.5, None]


def test_a_column_of_codes_has_no_numbers() -> None:
    assert values(["01067", "10115"]) == [None, None]
