"""Independent programs that open our exports."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from PIL import Image

from app.exports.base import Document, ExportOptions
from app.exports.registry import get_exporter

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="LibreOffice (libreoffice-calc-nogui, libreoffice-writer-nogui) is not installed",
)
XHTML = {"h": "http://www.w3.org/1999/xhtml"}
Box = tuple[float, float, float, float]


class PdfWord(NamedTuple):
    """box: left, top, right, bottom in points of the page as viewers show it."""

    text: str
    box: Box

    def pixels(self, dpi: float) -> Box:
        left, top, right, bottom = (value * dpi / 72 for value in self.box)
        return left, top, right, bottom


def export(name: str, document: Document, **options: object) -> bytes:
    stream = io.BytesIO()
    get_exporter(name).write(document, stream, ExportOptions(**options))  # type: ignore[arg-type]
    return stream.getvalue()


def export_file(name: str, document: Document, folder: Path, **options: object) -> Path:
    path = folder / f"export.{name}"
    path.write_bytes(export(name, document, **options))
    return path


def run(*arguments: str | Path) -> str:
    done = subprocess.run(arguments, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode()


def soffice(source: Path, to: str, folder: Path) -> None:
    """Converts a file into the folder with LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, source)


def pdftotext(path: Path, page: int) -> str:
    text = run("pdftotext", "-f", str(page), "-l", str(page), path, "-")
    return "".join(char for char in text if char not in "\u202a\u202b\u202c\u200e\u200f\f").strip()


def pdftotext_words(path: Path, *options: str) -> list[list[PdfWord]]:
    """The words of each page."""
    tree = etree.fromstring(run("pdftotext", "-bbox", *options, path, "-").encode())
    return [
        [_word(word) for word in page.findall("h:word", XHTML)]
        for page in tree.findall(".//h:page", XHTML)
    ]


def pdftoppm(path: Path, page: int, dpi: int) -> Image.Image:
    selection = ("-f", str(page), "-l", str(page), "-r", str(dpi), "-png")
    data = subprocess.run(["pdftoppm", *selection, path], capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(data))


def _word(word: etree._Element) -> PdfWord:
    left, top, right, bottom = (float(word.get(k, 0)) for k in ("xMin", "yMin", "xMax", "yMax"))
    return PdfWord(word.text or "", (left, top, right, bottom))
