"""Machine-readable zones; the specimens are from ICAO Doc 9303, parts 4 to 7."""

from __future__ import annotations

import pytest

from app.ocr.machine_readable import check_digit, zone_at

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")

MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109ZE184226")


@pytest.mark.parametrize("zone", [TD3, TD1, TD2, MRV_A, MRV_B])
def test_right_zone_stays(zone: tuple[str, ...]) -> None:
    assert zone_at(["before", *zone, "after"], 1) == zone


@pytest.mark.parametrize(
    ("line", "at", "read"),
    [
        (0, 4, "0"),
        (0, 16, "5"),
        (1, 11, "T"),
        (1, 12, "0"),
        (1, 16, "B"),
        (1, 22, "Z"),
        (1, 25, "S"),
    ],
)
def test_letters_and_digits_are_told_by_their_field(line: int, at: int, read: str) -> None:
    spoilt, right = list(TD3), list(TD3)
    spoilt[line] = spoilt[line][:at] + read + spoilt[line][at + 1 :]
    expected = {"0": "O", "5": "S", "B": "8", "Z": "2", "S": "5"}.get(read, read)
    right[line] = right[line][:at] + expected + right[line][at + 1 :]
    assert zone_at(spoilt, 0) == tuple(right)


@pytest.mark.parametrize("zone", [TD3, TD1, TD2, MRV_A, MRV_B])
def test_small_letters_of_a_zone_are_capitals(zone: tuple[str, ...]) -> None:
    assert zone_at([line.replace("S", "s").replace("X", "x") for line in zone], 0) == zone


def test_visa_has_no_check_digit_behind_its_free_part() -> None:
    """A passport has one there; applying it would wrongly change the visa's free part."""
    free = "S0B8" + check_digit("SOB8")
    line = MRV_A[1][:38] + free + "<"
    assert zone_at([MRV_A[0], line], 0) == (MRV_A[0], line)


@pytest.mark.parametrize("number", ["L8T49O7C3", "ABO347KLT", "XY07734B1"])
@pytest.mark.parametrize("character", "O0B8")
def test_number_is_told_by_its_check_digit(number: str, character: str) -> None:
    """One character is confused with its look-alike."""
    double = {"O": "0", "0": "O", "B": "8", "8": "B"}[character]
    right = number + check_digit(number) + TD3[1][10:]
    spoilt = number.replace(character, double, 1) + right[9:]
    assert zone_at([TD3[0], spoilt], 0) == (TD3[0], right)


def test_number_that_may_be_several_stays_as_it_was_read() -> None:
    """0 and O differ by 4 modulo 10, so of two places with the same weight either may be wrong."""
    line = "O12O345<<" + check_digit("012O345<<") + TD3[1][10:]
    assert zone_at([TD3[0], line], 0) == (TD3[0], line)


@pytest.mark.parametrize(
    "lines", [[TD3[0]], [TD3[0], "short"], [MRV_A[0], TD2[1]], ["A" * 44, "B" * 44], []]
)
def test_other_lines_are_no_zone(lines: list[str]) -> None:
    assert zone_at(lines, 0) == ()


@pytest.mark.parametrize("line", [TD3[1], TD2[1], MRV_A[1], MRV_B[1]])
def test_line_of_a_person_is_corrected_without_the_other(line: str) -> None:
    spoilt = line[:10] + line[10:13].replace("O", "0") + line[13:19].replace("0", "O") + line[19:]
    assert zone_at(["P<UTOERIKSSON<ANNA", spoilt], 1) == (line,)


@pytest.mark.parametrize(
    "line", ["A" * 44, "0123456789" * 4 + "0123", TD3[1][:13] + "1" + TD3[1][14:]]
)
def test_other_lines_of_that_length_stay(line: str) -> None:
    """The last one has a date that does not match its check digit."""
    assert zone_at([line], 0) == ()
