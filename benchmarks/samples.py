"""Draw the front page's samples, and recognize the text of the photo among them.

python -m benchmarks.samples --chinese /usr/share/fonts/truetype/arphic/ukai.ttc

The Chinese font is in Debian's fonts-arphic-ukai, the others in its fonts-dejavu. Writes
static/samples/ and templates/upload/photo_text.txt; the pictures are the same every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.recognition.libraries import configure_libraries
from app.recognition.recognizer import Recognizer

from .photos import on_wood

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "static" / "samples"
PHOTO_TEXT = ROOT / "templates" / "upload" / "photo_text.txt"
MONO, SANS, SERIF = "DejaVuSansMono.ttf", "DejaVuSans.ttf", "DejaVuSerif.ttf"
INK = "#22262a"
SMALL = 112  # pixels

RECEIPT = """\
      HARBOUR GREENGROCER
        12 Quayside Lane
      Tel. 020 7946 0131

2026-03-14 16:42    Till 3
--------------------------
Tomatoes   0.84 kg    2.52
Sourdough loaf        3.80
Oat milk 1 l x 2      4.10
Apples     1.20 kg    3.36
Coffee beans 250 g    7.45
--------------------------
TOTAL EUR            21.23
Card                 21.23

   Thank you, come again!"""
TABLE = (
    ("Station", "Opened", "Platforms", "Passengers"),
    ("North Bridge", "1868", "4", "12,480"),
    ("Market Square", "1871", "6", "31,905"),
    ("Old Harbour", "1904", "2", "5,267"),
    ("University", "1973", "3", "22,118"),
    ("Airport", "1999", "2", "40,736"),
)
# Li Bai, "Quiet Night Thoughts"; Wang Zhihuan, "On the Stork Tower": eighth century.
POEMS = ("静夜思 李白", "床前明月光，疑是地上霜。", "举头望明月，低头思故乡。",
         "登鹳雀楼 王之涣", "白日依山尽，黄河入海流。", "欲穷千里目，更上一层楼。")  # fmt: skip
LETTER = """\
Dear neighbours,

the lighthouse will be open again from
the first of May. Volunteers have painted
its stairs and polished the great lens,
which was made in Paris in 1884.

Tours begin at 10 and 15 o'clock. Tickets
cost 4 euros; children pay nothing.

With kind regards
Ida Marlowe, keeper of the light"""


def draw_receipt() -> Image.Image:
    image = Image.new("RGB", (620, 760), "#fdfcf8")
    ImageDraw.Draw(image).multiline_text((48, 44), RECEIPT, INK, _font(MONO, 33), spacing=11)
    return image


def draw_table() -> Image.Image:
    widths, height = (280, 150, 180, 210), 62
    image = Image.new("RGB", (sum(widths) + 80, height * len(TABLE) + 150), "white")
    canvas = ImageDraw.Draw(image)
    canvas.text((40, 34), "Stations of the city line", INK, _font(SANS, 34))
    for row, texts in enumerate(TABLE):
        left, top = 40, 110 + row * height
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            box = (left, top, left + width, top + height)
            canvas.rectangle(box, "#e9ebe5" if row == 0 else None, INK, 2)
            at = (left + width - 14, "rm") if column else (left + 14, "lm")
            canvas.text((at[0], top + height // 2), text, INK, _font(SANS, 26), at[1])
            left += width
    return image


def draw_poems(font: ImageFont.FreeTypeFont) -> Image.Image:
    image = Image.new("RGB", (760, 640), "#f7f1e1")
    for row, line in enumerate(POEMS):
        ImageDraw.Draw(image).text((70, 60 + row * 88 + row // 3 * 24), line, INK, font)
    return image


def draw_letter() -> Image.Image:
    """The letter in gray, as `photograph` needs it."""
    image = Image.new("L", (900, 900), 244)
    ImageDraw.Draw(image).multiline_text((70, 70), LETTER, 30, _font(SERIF, 34), spacing=18)
    return image


def photograph(page: Image.Image) -> Image.Image:
    """The page on a wooden table, seen askew, in the shadow of the photographer's hand."""
    shot = on_wood(page, np.random.default_rng(11))
    height, width = shot.height, shot.width
    across = np.add.outer(np.linspace(0, 0.55, height), np.linspace(0, 1, width))
    shadow = 1 - 0.5 / (1 + np.exp(-(across - 0.85) * 14))
    warm = np.array([1.0, 0.93, 0.8])
    values = np.asarray(shot, np.float64)[..., None] * shadow[..., None] * warm
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).resize((820, 820))


def read(path: Path, media_type: str) -> str:
    configure_libraries(threads=1)
    recognizer = Recognizer(EngineConfig())
    return recognizer.recognize(SourceFile(path, media_type), 1, Options(languages=("auto",))).text


def save(image: Image.Image, name: str, **settings: object) -> Path:
    """Saves the picture and a small one for its button."""
    path = FOLDER / name
    image.save(path, **settings)
    side = min(image.size)
    small = image.convert("RGB").crop((0, 0, side, side)).resize((SMALL, SMALL))
    small.save(FOLDER / f"{path.stem}-small.webp", quality=60, method=6)
    return path


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chinese", type=Path, required=True)
    options = parser.parse_args(arguments)
    FOLDER.mkdir(exist_ok=True)
    few_colours = {"optimize": True}
    drawn = {
        "receipt.png": draw_receipt(),
        "table.png": draw_table(),
        "chinese.png": draw_poems(ImageFont.truetype(options.chinese, 50)),
    }
    for name, image in drawn.items():
        print(read(save(image.quantize(16), name, **few_colours), "image/png"), end="\n\n")
    photo = save(photograph(draw_letter()), "photo.webp", quality=40, method=6)
    PHOTO_TEXT.write_text(read(photo, "image/webp").strip() + "\n")
    print(PHOTO_TEXT.read_text())


if __name__ == "__main__":
    main()
