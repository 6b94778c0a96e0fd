"""PDF files for tests, written operator by operator as several programs write them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from app.ocr.images import PDF
from app.ocr.source import Limits, open_source
from app.ocr.source.text_layer import TextLayer

SIZE = (400, 300)
TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Test def /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange
95 beginbfchar
{entries}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"""


class PdfPage:
    """One page of SIZE points with the font /F1 (Helvetica) and /ZaDb; add content, then data()."""

    def __init__(self, size: tuple[float, float] = SIZE) -> None:
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=size)
        fonts = Dictionary(F1=self.font("Helvetica"), F2=self.font("Times-Bold"))
        fonts.ZaDb = self.font("ZapfDingbats")
        self.resources = Dictionary(
            Font=fonts, XObject=Dictionary(), ExtGState=Dictionary(), Properties=Dictionary()
        )
        self.page.Resources = self.resources
        self.content: list[bytes] = []

    def font(self, base: str) -> pikepdf.Object:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{base}"))
        return self.pdf.make_indirect(font)

    def mapped_font(self, name: str, base: str, means: Callable[[str], str]) -> PdfPage:
        """A font whose map to Unicode says means(character) for each printable character."""
        entries = "\n".join(
            f"<{code:02x}> <{means(chr(code)).encode('utf-16-be').hex()}>"
            for code in range(32, 127)
        )
        font = self.font(base)
        font.ToUnicode = self.pdf.make_stream(TO_UNICODE.format(entries=entries).encode())
        self.resources.Font[f"/{name}"] = font
        return self

    def add(self, content: str | bytes) -> PdfPage:
        self.content.append(content.encode("latin-1") if isinstance(content, str) else content)
        return self

    def text(self, text: str, x: float = 40, y: float = 200, size: float = 14) -> PdfPage:
        return self.add(show(text, x, y, size))

    def picture(self, name: str, image: Image.Image) -> PdfPage:
        """Puts the image among the resources; draw it with `q w 0 0 h x y cm /name Do Q`."""
        rgb = image.convert("RGB")
        stream = self.pdf.make_stream(rgb.tobytes())
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = rgb.width, rgb.height, 8
        stream.ColorSpace = Name.DeviceRGB
        self.resources.XObject[f"/{name}"] = stream
        return self

    def form(self, name: str, content: str, resources: pikepdf.Object | None = None) -> PdfPage:
        """A form XObject as large as the page, with its own resources or the page's."""
        stream = self.pdf.make_stream(content.encode("latin-1"))
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, *SIZE])
        stream.Resources = self.resources if resources is None else resources
        self.resources.XObject[f"/{name}"] = self.pdf.make_indirect(stream)
        return self

    def switched_off(self, name: str) -> PdfPage:
        """An optional content group that is off, for `/OC /name BDC` and the /OC of forms."""
        group = self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name))
        self.resources.Properties[f"/{name}"] = group
        self.pdf.Root.OCProperties = Dictionary(
            OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
        )
        return self

    def data(self) -> bytes:
        self.page.Contents = self.pdf.make_stream(b"\n".join(self.content))
        buffer = io.BytesIO()
        self.pdf.save(buffer)
        return buffer.getvalue()


def show(text: str, x: float, y: float, size: float = 14, font: str = "F1") -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def layer_of(folder: Path, data: bytes, number: int = 1) -> TextLayer | None:
    path = folder / "layer.pdf"
    path.write_bytes(data)
    with open_source(path, PDF, Limits()) as source:
        return source.text_layer(number)


def layer_text(layer: TextLayer | None) -> str:
    """All words of the layer in the order of the content."""
    assert layer is not None
    return " ".join(word.text for piece in layer.elements.pieces for word in piece.words)
