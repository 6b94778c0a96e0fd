"""Refusal of PDF pages that would keep the renderer busy for minutes or take gigabytes.

Two measures, both cheap for ordinary pages: the length of the page's drawing programs when
inflated, and the number of forms that they draw, forms within forms included. Bombs in other
places (fonts, patterns, rare filters) are left to the limits of the recognizing process.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pikepdf

from app.ocr.errors import OcrError

# Dense maps have some ten megabytes.
MAX_INFLATED = 100 << 20
MAX_FORMS = 100_000
# PDFium goes no deeper.
MAX_DEPTH = 40
DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
FLATE = ("/FlateDecode", "/Fl")


def check_drawing(path: Path, password: str, number: int) -> None:
    """Raises OcrError(unreadable_image) for a bomb; passes files that it cannot open."""
    try:
        with pikepdf.open(path, password=password) as document:
            if number <= len(document.pages):
                _check_page(document.pages[number - 1], number)
    except pikepdf.PdfError:
        return


def _check_page(page: pikepdf.Page, number: int) -> None:
    drawing = _Drawing(number)
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    resources = page.obj.get("/Resources")
    for stream in streams:
        drawing.forms_of(stream, resources, MAX_DEPTH)


class _Drawing:
    """Counts what one page draws; raises as soon as it is too much."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.room = MAX_INFLATED
        self.programs: dict[tuple[int, int], list[str]] = {}
        self.counted: dict[tuple[tuple[int, int], int], int] = {}

    def forms_of(
        self, stream: pikepdf.Object | None, resources: pikepdf.Object | None, depth: int
    ) -> int:
        """Forms drawn by a page's program or a form, itself included, depth levels down."""
        if not isinstance(stream, pikepdf.Stream) or not depth:
            return 0
        key = stream.objgen, depth
        if key not in self.counted:
            resources = stream.get("/Resources", resources)
            forms = _forms(resources)
            drawn = [forms[name] for name in self._drawn_names(stream) if name in forms]
            below = sum(self.forms_of(form, resources, depth - 1) for form in drawn)
            self.counted[key] = 1 + below
        if self.counted[key] > MAX_FORMS:
            raise self._refused(f"draws more than {MAX_FORMS:,} forms")
        return self.counted[key]

    def _drawn_names(self, stream: pikepdf.Stream) -> list[str]:
        if stream.objgen not in self.programs:
            program = self._inflated(stream)
            names = [name.decode("latin-1") for name in DRAWN.findall(program)]
            self.programs[stream.objgen] = [f"/{name}" for name in names]
        return self.programs[stream.objgen]

    def _inflated(self, stream: pikepdf.Stream) -> bytes:
        data = stream.read_raw_bytes()
        for name in _filters(stream):
            if name not in FLATE:
                return b""
            try:
                data = zlib.decompressobj().decompress(data, self.room + 1)
            except zlib.error:
                return b""
            if len(data) > self.room:
                raise self._refused(f"inflates to more than {MAX_INFLATED >> 20} MB")
        self.room -= len(data)
        return data

    def _refused(self, why: str) -> OcrError:
        return OcrError("unreadable_image", f"The drawing of page {self.number} {why}.")


def _forms(resources: pikepdf.Object | None) -> dict[str, pikepdf.Object]:
    """Forms by name, without the pictures."""
    found = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(found, pikepdf.Dictionary):
        return {}
    return {
        name: each
        for name, each in found.items()
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Form
    }


def _filters(stream: pikepdf.Stream) -> list[str]:
    names = stream.get("/Filter")
    if names is None:
        return []
    return [str(name) for name in names] if isinstance(names, pikepdf.Array) else [str(names)]
