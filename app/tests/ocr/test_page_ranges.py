from __future__ import annotations

import pytest

from app.ocr.errors import OcrError
from app.ocr.page_ranges import check_pages, select_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("2", (2,)),
        ("1-3,5", (1, 2, 3, 5)),
        (" 4- ", (4, 5)),
        ("-2", (1, 2)),
        ("3,1,2-3", (1, 2, 3)),
        ("1,2,r1", (1, 2, 5)),
        (" r5 ", (1,)),
    ],
)
def test_selections(text: str, pages: tuple[int, ...]) -> None:
    assert select_pages(text, count=5, limit=5) == pages


@pytest.mark.parametrize(
    "text", ["0", "6", "3-2", "a", "1,,2", "-", "1-9", "1;2", "1e3", "r0", "r6", "r", "r1-2"]
)
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(OcrError) as refusal:
        select_pages(text, count=5, limit=5)
    assert refusal.value.code == "bad_pages"


@pytest.mark.parametrize("text", ["", "1-1000", "1-6,2000-2001"])
def test_limit_counts_selected_pages_only(text: str) -> None:
    with pytest.raises(OcrError) as refusal:
        select_pages(text, count=20_000, limit=5)
    assert refusal.value.code == "too_many_pages"
    assert select_pages("19999-", count=20_000, limit=5) == (19_999, 20_000)


@pytest.mark.parametrize("text", ["", " ", "2", "1-3,5", " 4- ", "-2", "3,1", "1,r1", "5-5"])
def test_selections_of_some_document(text: str) -> None:
    check_pages(text)


@pytest.mark.parametrize("text", ["0", "3-2", "a", "1,,2", "-", "1;2", "0-4", "r0", "r", "r1-2"])
def test_selections_of_no_document_are_refused_early(text: str) -> None:
    with pytest.raises(OcrError) as refusal:
        check_pages(text)
    assert refusal.value.code == "bad_pages"
