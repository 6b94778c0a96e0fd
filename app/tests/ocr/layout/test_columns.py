"""Columns, in whatever order their words come, and layouts that only look like columns."""

from __future__ import annotations

from app.ocr.layout import layout
from app.ocr.layout.elements import Fill, PageElements, Piece
from app.ocr.result import Bbox

from .setting import (
    HEIGHT,
    PITCH,
    PROSE,
    WIDTH,
    box,
    column,
    first_words,
    inked,
    names,
    piece,
    read,
    rule,
)


def in_rows(*columns: list[Piece]) -> list[Piece]:
    """All text at one height as one piece, as a program writes that works row by row."""
    rows = zip(*columns, strict=True)
    return [Piece(tuple(w for each in row for w in each.words), font_size=20.0) for row in rows]


def test_pieces_that_reach_over_a_gutter_are_cut() -> None:
    rows = in_rows(column("a", 50, 100, 6), column("b", 480, 100, 6))
    assert first_words(read(rows)) == [*names("a", 6), *names("b", 6)]


def test_order_of_the_source_does_not_matter() -> None:
    pieces = (*column("a", 50, 100, 6), *column("b", 480, 104, 6))
    expected = [*names("a", 6), *names("b", 6)]
    for given in (pieces, pieces[::-1], pieces[1::2] + pieces[::2]):
        assert first_words(layout(PageElements(WIDTH, HEIGHT, tuple(given)))) == expected


def test_columns_of_two_lines_are_told_by_their_sentences() -> None:
    left = [piece("the northern line was opened", 50, 100), piece("in the year of 1882", 50, 126)]
    right = [piece("tickets were sold at the inn", 500, 100), piece("by the old widow", 500, 126)]
    words = first_words(read([*left, *right]))
    assert words == ["the", "in", "tickets", "by"]


def test_heading_across_two_of_three_columns() -> None:
    pieces = [piece("Steam launch returns to the harbor", 40, 100, 36)]
    pieces += column("a", 40, 160, 10, 16) + column("b", 350, 160, 10, 16)
    pieces += column("c", 660, 105, 12, 16)
    words = first_words(read(pieces))
    assert words == ["Steam", *names("a", 10), *names("b", 10), *names("c", 12)]


def test_drawn_boxes_beside_a_column_are_read_by_themselves() -> None:
    pieces = column("a", 40, 100, 12)
    pieces += [piece("MARLOW", 520, 130, 36), piece("boots and shoes", 520, 220)]
    pieces += [piece("open daily", 520, 330), piece("For sale: a boat", 820, 150, 16)]
    rules = box(480, 95, 780, 420) + box(800, 95, 990, 420)
    words = first_words(read(pieces, rules))
    assert words == [*names("a", 12), "MARLOW", "boots", "open", "For"]


def test_tinted_box_inside_prose_is_read_by_itself() -> None:
    pieces = column("a", 40, 100, 8)
    pieces += [piece("Facts", 520, 110), piece("built in 1903", 520, 150), piece("by P", 520, 190)]
    fills = [Fill(Bbox(500, 95, 760, 230), 220)]
    assert first_words(read(pieces, fills=fills)) == [*names("a", 8), "Facts", "built", "by"]


def test_frame_around_the_whole_page_changes_nothing() -> None:
    pieces = column("a", 50, 100, 6) + column("b", 480, 100, 6)
    framed = read(pieces, box(10, 10, WIDTH - 10, HEIGHT - 10))
    assert first_words(framed) == [*names("a", 6), *names("b", 6)]


def test_line_across_the_page_parts_two_pairs_of_columns() -> None:
    pieces = column("a", 50, 100, 5) + column("b", 480, 100, 5)
    pieces += column("c", 50, 300, 5) + column("d", 480, 300, 5)
    words = first_words(read(pieces, [rule(40, 265, 900, 267)]))
    assert words == [*names("a", 5), *names("b", 5), *names("c", 5), *names("d", 5)]


def test_vertical_line_parts_columns_that_nearly_touch() -> None:
    pieces = column("a", 50, 100, 6) + column("b", 395, 100, 6)
    rows = [
        Piece(one.words + other.words, font_size=20.0)
        for one, other in zip(pieces[:6], pieces[6:], strict=True)
    ]
    words = first_words(read(rows, [rule(391, 90, 392, 260)]))
    assert words == [*names("a", 6), *names("b", 6)]


def test_labels_stay_on_the_rows_of_their_values() -> None:
    fields = (("Name", "Ada Lovelace"), ("Street", "12 Quay"), ("Town", "Northfield"))
    pieces = [
        piece(text, x, 100 + at * 60)
        for at, row in enumerate(fields)
        for text, x in zip(row, (50, 300), strict=True)
    ]
    lines = [line.text for block in read(pieces) for line in block.lines]
    assert [line.split()[0] for line in lines] == ["Name", "Street", "Town"]


def test_notes_beside_prose_are_no_labels() -> None:
    pieces = column("a", 300, 100, 12)
    notes = ("compare the first", "edition where", "the council is", "named by title")
    pieces += [piece(note, 40, 100 + (at + 3) * PITCH) for at, note in enumerate(notes)]
    words = first_words(read(pieces))
    assert words == ["compare", "edition", "the", "named", *names("a", 12)]


def test_list_in_the_right_column_keeps_its_bullets() -> None:
    pieces = column("a", 50, 100, 8)
    pieces += column("b", 520, 100, 4)
    for at in range(4, 8):
        y = 100 + at * PITCH
        pieces += [piece("•", 520, y), piece(f"b{at} goes down with the boat", 560, y)]
    lines = [line.text for block in read(pieces) for line in block.lines]
    assert [line.split()[0] for line in lines[8:12]] == names("b", 4)
    assert [line[:4] for line in lines[12:]] == ["• b4", "• b5", "• b6", "• b7"]


def test_authors_side_by_side_above_two_columns() -> None:
    """The gutters between the authors continue into the first lines of the columns."""
    authors = [("Ann Lee", 190), ("Bo Berg", 460), ("Cy Diaz", 730)]
    pieces = []
    for at, (name, x) in enumerate(authors):
        lines = [name, "Harbor College", "12 Quay Street", f"mail{at}@college.org"]
        pieces += [piece(line, x, 100 + n * PITCH) for n, line in enumerate(lines)]
    pieces += column("right", 520, 320, 14)
    pieces += [piece("Abstract", 230, 346), *column("left", 100, 398, 11)]
    text = "\n".join(block.text for block in read(pieces))
    places = [text.index(each) for each in ("Ann", "Bo", "Cy", "Abstract", "left0", "right0")]
    assert places == sorted(places)


def test_page_number_in_the_gutter() -> None:
    """It is too close to the text to be distinguished, and must not disturb the columns."""
    left, right = column("a", 50, 100, 20), column("b", 434, 100, 20)
    blocks = read([*left, *right, piece("2", 407, 100 + 20 * PITCH)])
    found = [word for word in first_words(blocks) if word != "2"]
    assert found == [*names("a", 20), *names("b", 20)]


def test_heading_below_both_columns_belongs_to_what_follows() -> None:
    pieces = [*column("a", 50, 100, 6), *column("b", 540, 100, 6)]
    pieces += [piece("Pins of the part", 50, 280, bold=True)]
    pieces += [piece(f"c{at} " + " ".join(PROSE[:2]), 50, 330 + at * PITCH) for at in range(4)]
    read_words = first_words(read(pieces))
    assert read_words == [*names("a", 6), *names("b", 6), "Pins", *names("c", 4)]


def test_paragraph_beside_a_drawing_at_the_top_of_the_next_column() -> None:
    title = piece("Museum of boats at the harbor", 250, 100, 36, bold=True)
    pieces = [title, *column("a", 50, 180, 20), *column("b", 540, 180 + 10 * PITCH, 10)]
    blocks = read(pieces)
    assert first_words(blocks) == ["Museum", *names("a", 20), *names("b", 10)]
    assert len(blocks) == 2


def test_last_line_of_a_column_that_measures_too_large_stays_in_it() -> None:
    lines = [*column("a", 50, 100, 7), *column("b", 540, 100, 6)]
    lines[6] = piece("quiet end", 50, 100 + 6 * PITCH, 27)
    below = [piece(f"c{at} " + " ".join(PROSE[:2]), 50, 330 + at * PITCH) for at in range(4)]
    words = first_words(read([inked(each) for each in (*lines, *below)]))
    assert words == [*names("a", 6), "quiet", *names("b", 6), *names("c", 4)]
