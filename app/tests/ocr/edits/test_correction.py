"""A person's correction, mapped back onto the words."""

from __future__ import annotations

import pytest

from app.exports.base import Document, Part
from app.ocr.edits.correction import corrected_pages
from app.ocr.result import Block, Page, document_text
from app.tests.exports.programs import export
from app.tests.exports.sample import chinese_page, line, sample_pages
from app.tests.exports.structured_sample import prices, sales


def page_of(*texts: str) -> Page:
    blocks = tuple(Block((line(text, 100, 100 * n),)) for n, text in enumerate(texts, start=1))
    return Page(1, 1000, 1000, blocks)


def corrected(page: Page, text: str) -> list[str]:
    (result,) = corrected_pages([page], text)
    return [word.text for word in result.words]


@pytest.mark.parametrize(
    ("recognized", "correction", "words"),
    [
        ("The qnick fox", "The quick fox", ["The", "quick", "fox"]),
        ("The qu ick fox", "The quick fox", ["The", "qu", "ick", "fox"]),
        ("Thequick fox", "The quick fox", ["The quick", "fox"]),
        ("The old fox", "The fox", ["The", "fox"]),
        ("The fox", "The old fox", ["The old", "fox"]),
        ("1l0", "110", ["110"]),
    ],
)
def test_words_get_their_corrected_characters(
    recognized: str, correction: str, words: list[str]
) -> None:
    page = page_of("above", recognized, "below")
    text = f"above\n\n{correction}\n\nbelow"
    assert corrected(page, text) == ["above", *words, "below"]


def test_joined_words_lose_the_space_between_them() -> None:
    (page,) = corrected_pages([page_of("The qu ick fox")], "The quick fox")
    assert next(page.lines).text == "The quick fox"


def test_unchanged_words_stay_as_they_are() -> None:
    page = page_of("The qnick fox")
    (result,) = corrected_pages([page], "The quick fox")
    before, after = list(page.words), list(result.words)
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1].bbox == before[1].bbox
    assert (before[1].confidence, after[1].confidence) == (0.93, 1.0)


def test_recognized_text_corrects_nothing() -> None:
    pages = list(sample_pages())
    plain = [page for page in pages if page.number != 1]
    assert corrected_pages(plain, document_text(plain)) == plain


def test_chinese_characters_keep_their_places() -> None:
    (page,) = corrected_pages([chinese_page()], "天地玄黃宇宙洪荒\n日月盈昃𠀀辰宿")
    changed = [word.text for word in page.words if word.confidence == 1.0]
    assert changed == ["黃"]


def test_removed_lines_and_blocks_are_gone() -> None:
    assert corrected(page_of("above", "noise", "below"), "above\nbelow") == ["above", "below"]


def test_a_rewritten_text_maps_to_no_word() -> None:
    page = page_of("short")
    assert corrected(page, "x" * 6000) == ["short"]


def test_a_word_replaced_in_every_line_is_replaced_in_every_line() -> None:
    texts = [f"line {number} of the dolor" for number in range(300)]
    words = corrected(page_of(*texts), "\n".join(texts).replace("dolor", "dollar"))
    assert words.count("dollar") == 300


def test_every_format_shows_the_correction() -> None:
    part = Part("a.png", (page_of("The qnick fox"),), corrected_text="The quick fox")
    for name in ("hocr", "tsv", "md", "json"):
        data = export(name, Document("Fox", (part,))).decode()
        assert "quick" in data
        assert "qnick" not in data


def corrected_cells(page: Page, text: str) -> dict[tuple[int, int], str]:
    (result,) = corrected_pages([page], text)
    [table] = [block for block in result.blocks if block.cells]
    return {(cell.row, cell.column): cell.text for cell in table.cells}


def test_a_corrected_word_stays_in_its_cell() -> None:
    page = Page(1, 1240, 1754, (sales(),))
    before = corrected_cells(page, page.text)
    text = page.text.replace("1,234.5", "x 9,999.5").replace("North", "Morth")
    after = corrected_cells(page, text)
    changed = {place: text for place, text in after.items() if text != before[place]}
    assert changed == {(2, 0): "Morth\nand <west>", (2, 1): "x 9,999.5"}


def test_what_is_added_to_a_cell_at_its_start_or_end_stays_in_it() -> None:
    page = Page(1, 1240, 1754, (prices({"Tee": "2"}),))
    after = corrected_cells(page, page.text.replace("Tee\t2", "Tee\t12 €"))
    assert (after[1, 0], after[1, 1]) == ("Tee", "12 €")


def test_an_empty_cell_can_be_filled_and_a_full_one_emptied() -> None:
    page = Page(1, 1240, 1754, (sales(),))
    text = page.text.replace("South\t\t-7.5", "\t3.5\t-7.5")
    (result,) = corrected_pages([page], text)
    [table] = result.blocks
    south, added = (cell for cell in table.cells if cell.row == 3 and cell.column < 2)
    assert south.lines == ()
    assert [word.text for line in added.lines for word in line.words] == ["3.5"]
    assert added.lines[0].bbox == added.bbox
    assert added.lines[0].confidence == 1.0
    assert result.text == text


def test_unchanged_tables_stay_as_they_are() -> None:
    page = Page(1, 1240, 1754, (Block((line("above", 100, 100),)), sales()))
    assert corrected_pages([page], page.text) == [page]
    assert corrected_pages([page], page.text.replace("above", "over"))[0].blocks[1] == sales()


def test_a_row_with_other_tabs_keeps_its_words() -> None:
    page = Page(1, 1240, 1754, (prices({"Tee": "2"}),))
    after = corrected_cells(page, page.text.replace("Tee\t2", "Tea\t\t\t2"))
    assert (after[1, 0], after[1, 1]) == ("Tea", "2")


def test_an_emptied_table_is_gone() -> None:
    page = Page(1, 1240, 1754, (Block((line("above", 100, 100),)), prices({"Tee": "2"})))
    (result,) = corrected_pages([page], "above")
    assert result.text == "above"
