"""Short blocks side by side are read one after the other, labels and values row by row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.ocr.layout.elements import Piece

from .setting import PITCH, PROSE, column, inked, piece, read, rule

LEFT, RIGHT = 50, 560
PAIRS = {
    "two addresses": (
        ("Harbor Tools Ltd", "12 Quay Street", "London SW1A 1AA"),
        ("Nordlicht GmbH", "Erika Mustermann", "Hauptstraße 7b", "10115 Berlin"),
    ),
    "ways to reach them": (
        ("Claire Dubois", "Tel. 01 23 45 67", "claire@example.org"),
        ("Jan Novák", "Tel. 98 76 54 32", "jan@example.org"),
    ),
    "heads": (
        ("Bill to:", "Bright & Sons", "Riverside"),
        ("Ship to:", "Market Hall", "Northfield"),
    ),
    "same labels": (
        ("Name: Anna Rossi", "Title: Doctor", "Date: 4 May"),
        ("Name: Tom O'Brien", "Title: Captain", "Date: 6 May"),
    ),
    "underscores": (("____________", "Li Wei", "Captain"), ("____________", "Jo Doe", "Doctor")),
    "towns without codes": (
        ("Acme Corporation", "450 Sutter Street", "San Francisco"),
        ("Tienda Sol", "Calle Mayor 31", "Madrid"),
    ),
}
ROWS = {
    "labels": (("Name", "Street", "Town"), ("Ada Lovelace", "12 Quay Street", "10115 Berlin")),
    "colons": (("Name:", "Phone:", "Mail:"), ("Ada", "Tel. 123 456", "ada@example.org")),
    "roles": (
        ("Chairman of the board", "Secretary of state", "Head of the school"),
        ("Maximilian Mustermann", "Claire Dubois-Martin", "Bartholomew O'Brien"),
    ),
    "streets": (
        ("12 Quay Street", "450 Sutter Street", "77 King Street West"),
        ("Piotr Kowalski", "Erika Mustermann", "Anna Rossi"),
    ),
    "towns": (("10115 Berlin", "28013 Madrid", "75002 Paris"), ("Anna", "Maria", "Claire")),
}


def side_by_side(left: tuple[str, ...], right: tuple[str, ...], y: int = 300) -> list[Piece]:
    return [
        piece(text, x, y + at * PITCH)
        for texts, x in ((left, LEFT), (right, RIGHT))
        for at, text in enumerate(texts)
    ]


def lines(pieces: list[Piece], **drawn: object) -> list[str]:
    return [line.text for block in read(pieces, **drawn) for line in block.lines]  # type: ignore[arg-type]


@pytest.mark.parametrize("measured", [False, True])
@pytest.mark.parametrize("name", PAIRS)
def test_each_block_is_read_by_itself(name: str, measured: bool) -> None:
    left, right = PAIRS[name]
    pieces = [*side_by_side(left, right), *column("a", LEFT, 600, 6)]
    found = lines([inked(each) for each in pieces] if measured else pieces)
    assert found[: len(left) + len(right)] == [*left, *right]


@pytest.mark.parametrize("name", ROWS)
def test_rows_stay_rows(name: str) -> None:
    pieces = [*side_by_side(*ROWS[name]), *column("a", LEFT, 600, 6)]
    assert lines(pieces)[:3] == [f"{one} {other}" for one, other in zip(*ROWS[name], strict=True)]


def test_drawn_lines_to_sign_on_part_two_signatures() -> None:
    left, right = ("Maria Garcia", "Treasurer"), ("Sven Lindqvist", "Librarian")
    pieces = [*column("a", LEFT, 100, 6), *side_by_side(left, right, 400)]
    signed = [rule(LEFT, 390, LEFT + 250, 392), rule(RIGHT, 390, RIGHT + 250, 392)]
    assert lines(pieces, rules=signed)[6:] == [*left, *right]
    assert lines(pieces)[6:] == ["Maria Garcia Sven Lindqvist", "Treasurer Librarian"]


def test_address_beside_numbers_of_the_letter_is_no_table() -> None:
    address = ("Acme Corporation", "450 Sutter Street", "San Francisco, CA 94108", "a@example.org")
    labels, values = ("Invoice no.", "Order", "Customer"), ("458662", "662400", "729262")
    pieces = [*side_by_side(address, labels), *column("a", LEFT, 600, 6)]
    pieces += [piece(value, 760, 300 + at * PITCH) for at, value in enumerate(values)]
    blocks = read(pieces)
    assert [block.kind for block in blocks[:2]] == ["text", "text"]
    rows = [f"{label} {value}" for label, value in zip(labels, values, strict=True)]
    assert lines(pieces)[:7] == [*address, *rows]


def test_authors_side_by_side_are_no_table() -> None:
    names = ("Ann Lee", "Bo Berg", "Cy Diaz")
    works = ("Harbor College", "Institute of Boats", "Market School")
    pieces = []
    for at, (name, work) in enumerate(zip(names, works, strict=True)):
        texts = (name, work, "Department of Seas", f"{name.split()[0].lower()}@college.org")
        pieces += [piece(text, 100 + 300 * at, 300 + n * PITCH) for n, text in enumerate(texts)]
    pieces += [
        piece(f"{one} {PROSE[1]} {PROSE[3]}", 50, 600 + n * PITCH) for n, one in enumerate(PROSE)
    ]
    blocks = read(pieces)
    assert [block.text.split("\n")[0] for block in blocks[:3]] == list(names)


def test_the_short_last_line_of_a_paragraph_above_signatures_stays_in_it() -> None:
    texts = [*(f"{one} {other}" for one, other in pairwise(PROSE)), "ashore."]
    pieces = [piece(text, LEFT, 100 + PITCH * at) for at, text in enumerate(texts)]
    for x, name in ((LEFT + 100, "Secretary"), (RIGHT, "Treasurer")):
        pieces += [piece("." * 20, x, 440), piece(name, x, 440 + PITCH)]
    assert len(read(pieces)[0].lines) == 6
