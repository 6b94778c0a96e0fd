"""Tables between rules whose last column is prose."""

from __future__ import annotations

import pytest

from .drawing import CHARACTER, SPACE, Sheet, grid_of

DESCRIBED = [
    ["Function", "Description"],
    ["confint (5.2.6)", "intervals on parameters of the model from its profile"],
    ["deviance (5.2)", "minus twice the largest logarithm of a likelihood"],
    ["fixef", "estimates of the effects that are fixed in the model"],
    ["simulate (5.2.8)", "data made by chance from the model as it was fitted"],
]


def described(sheet: Sheet, y: int, column: int) -> None:
    """Between rules at the top, below the heads and at the bottom, as in books."""
    for number, (name, text) in enumerate(DESCRIBED):
        sheet.text(400, y + 20 + 60 * number, name).text(column, y + 20 + 60 * number, text)
    for line in (y, y + 70, y + 20 + 60 * len(DESCRIBED)):
        sheet.across(line, 390, 2100)


@pytest.mark.parametrize("gap", [40, 60, 200])
def test_descriptions_near_to_the_names(gap: int) -> None:
    """The gap after the longest name is no wider than a space in stretched prose."""
    sheet = Sheet()
    described(sheet, 500, 400 + 16 * CHARACTER + SPACE + gap)
    assert grid_of(sheet.table()) == DESCRIBED


def test_text_that_goes_on_beyond_the_rules_parts_two_tables() -> None:
    sheet = Sheet()
    described(sheet, 500, 900)
    described(sheet, 1060, 900)
    for number, line in enumerate(
        ("Table 3: functions for models of this kind, and the results that each of them has",
         "in the first of all releases")
    ):  # fmt: skip
        sheet.text(200, 890 + 50 * number, line)
    assert [grid_of(table) for table in sheet.tables()] == [DESCRIBED, DESCRIBED]
