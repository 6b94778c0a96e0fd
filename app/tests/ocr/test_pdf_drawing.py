from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
import pytest

from app.ocr.errors import OcrError
from app.ocr.images import PDF
from app.ocr.source import Limits, open_source
from app.ocr.source.pdf.drawing import MAX_INFLATED, check_drawing


def save_page(path: Path, program: bytes, forms: dict[str, bytes], **settings: object) -> Path:
    """A page whose content and forms can all use all forms, as many writers do."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200)).obj
    shared = document.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary()))
    for name, drawn in forms.items():
        form = document.make_stream(
            drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 200, 200]), Resources=shared,
        )  # fmt: skip
        shared.XObject[f"/{name}"] = form
    page.Resources = shared
    page.Contents = document.make_stream(program)
    document.save(path, **settings)
    return path


def refusal(path: Path, password: str = "") -> str:
    with pytest.raises(OcrError) as caught:
        check_drawing(path, password, 1)
    assert caught.value.code == "unreadable_image"
    return caught.value.message


def test_form_that_calls_itself_twice_is_refused(tmp_path: Path) -> None:
    path = save_page(tmp_path / "a.pdf", b"/F Do", {"F": b"/F Do /F Do"})
    assert "forms" in refusal(path)


def test_forms_that_double_at_every_level_are_refused(tmp_path: Path) -> None:
    levels = {f"F{at}": b"/F%d Do /F%d Do" % (at + 1, at + 1) for at in range(30)}
    path = save_page(tmp_path / "a.pdf", b"/F0 Do", levels)
    assert "forms" in refusal(path)


def test_forms_that_only_know_each_other_are_fine(tmp_path: Path) -> None:
    path = save_page(tmp_path / "a.pdf", b"/A Do /B Do", {"A": b"/B Do", "B": b"0 0 9 9 re f"})
    check_drawing(path, "", 1)
    with open_source(path, PDF, Limits()) as source:
        assert source.page_image(1).pixels.min() < 50


def test_program_that_inflates_twice_into_a_bomb_is_refused_before_it_is_drawn(
    tmp_path: Path,
) -> None:
    blank = zlib.compressobj(9)
    piece = b" " * (1 << 20)
    once = b"".join(blank.compress(piece) for _ in range((MAX_INFLATED >> 20) + 1)) + blank.flush()
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200)).obj
    page.Contents = document.make_stream(zlib.compress(once, 9))
    page.Contents.stream_dict.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
    document.save(tmp_path / "a.pdf", compress_streams=False)
    with open_source(tmp_path / "a.pdf", PDF, Limits()) as source:
        for read in (source.text_layer, source.page_image):
            with pytest.raises(OcrError, match="inflates"):
                read(1)


def test_encrypted_bomb_is_refused_with_its_password(tmp_path: Path) -> None:
    encryption = pikepdf.Encryption(owner="owner", user="user")
    path = tmp_path / "a.pdf"
    save_page(path, b"/F Do", {"F": b"/F Do /F Do"}, encryption=encryption)
    assert "forms" in refusal(path, "user")


def test_damaged_files_are_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.5 nothing")
    check_drawing(tmp_path / "a.pdf", "", 1)
