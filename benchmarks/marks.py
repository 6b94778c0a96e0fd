"""Letters with diacritics: drawn pages in alphabets that PP-OCR reads less well than English.

python -m benchmarks.marks [--languages ces pol] [--engine auto]

CER in percent of ours, of plain Tesseract if it has the language, and of plain RapidOCR, for each
page as drawn, and for the page blurred, with noise and as a poor JPEG.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytesseract
from PIL import Image, ImageDraw, ImageFont

from app.engines.base import EngineConfig
from app.ocr.options import Options
from app.ocr.source.base import Pixels

from .readers import OurReader, Reader, read_with_rapidocr, read_with_tesseract
from .scoring import score

SENTENCES = {
    "ces": "Příliš žluťoučký kůň úpěl ďábelské ódy. Řekla „pojď“, a dítě šlo k řece.",
    "slk": "Kŕdeľ ďatľov učí koňa žrať kôru. Najväčšie mestá majú výhodnú polohu.",
    "pol": "Zażółć gęślą jaźń, rzekł książę. Współczesność wymaga większej uwagi.",
    "hun": "Árvíztűrő tükörfúrógép. Az idő gyorsan elröppen, de a hűség megmarad.",
    "tur": "Çocuklar bahçede, yağmur başladı. İstanbul'un ılık akşamları dağıtır.",
    "ron": "Știința și tehnica se dezvoltă în țările noastre. Și țăranii muncesc.",
    "lav": "Rīgas ielās šodien ļoti daudz cilvēku. Ķīmijas skolotāja ģimene.",
    "lit": "Įlinkdama fechtuotojo špaga pragręžė ąžuolą. Žibuoklės šaltėjo.",
    "hrv": "Gojazni đačić drži hmelj u džepu. Češće šetnje čuvaju zdravlje.",
    "aze": "Azərbaycan xalqı azadlığını qorumağı bacarır. Gəncədə yeni məktəb.",
    "dan": "Quizdeltagerne spiste jordbær med fløde, så på små børn. Åen løb.",
    "isl": "Kæmi ný öxi hér ykist þjófum nú bæði víl og ádrepa. Ég á ömmu.",
    "deu": "Er sagte: „Größe und Höhe“. Die ‚kleine‘ Tür führt über Öfen, 5 ‰.",
    "fra": "Dès Noël où un zéphyr haï me vêt. L'élève était étonné, là-bas.",
}
FONTS = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf")
SIZE, MARGIN = 30, 60
INK, PAPER = 15, 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--languages", nargs="*", default=list(SENTENCES), choices=list(SENTENCES))
    parser.add_argument("--engine", default="auto")
    arguments = parser.parse_args()
    ours = OurReader(Options(engine=arguments.engine), EngineConfig())
    print("| language | ours | tesseract | rapidocr |\n|---|---|---|---|")
    for language in arguments.languages:
        readers: dict[str, Reader] = {"ours": ours, "rapidocr": read_with_rapidocr}
        if language in pytesseract.get_languages():
            readers["tesseract"] = read_with_tesseract
        rates = {name: _rates(reader, language) for name, reader in readers.items()}
        cells = (rates.get(name, "not installed") for name in ("ours", "tesseract", "rapidocr"))
        print(f"| {language} | {' | '.join(cells)} |", flush=True)


def _rates(reader: Reader, language: str) -> str:
    """CER of the drawn and of the damaged page, over all fonts."""
    pages = [drawn(language, font) for font in FONTS]
    found = [
        [_error(reader, page, language) for page in kind]
        for kind in (pages, [damaged(page) for page in pages])
    ]
    return " / ".join(f"{100 * sum(errors) / len(errors):.2f}" for errors in found)


def _error(reader: Reader, page: Pixels, language: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        Image.fromarray(page).save(path)
        text = reader(path, (language,))
    return score(text, SENTENCES[language], metric="cer", unspaced=False).error


def drawn(language: str, font_name: str) -> Pixels:
    """A page of the sentences, one per line."""
    lines = SENTENCES[language].replace(". ", ".\n").split("\n")
    font = ImageFont.truetype(font_name, SIZE)
    width = round(max(map(font.getlength, lines))) + 2 * MARGIN
    image = Image.new("L", (width, 2 * MARGIN + 2 * SIZE * len(lines)), PAPER)
    for at, line in enumerate(lines):
        ImageDraw.Draw(image).text((MARGIN, MARGIN + 2 * SIZE * at), line, INK, font)
    return np.asarray(image)


def damaged(page: Pixels) -> Pixels:
    noise = np.random.default_rng(7).normal(0, 9, page.shape)
    blurred = cv2.GaussianBlur(page, (0, 0), 1.4) + noise
    _, jpeg = cv2.imencode(
        ".jpg", np.clip(blurred, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 45]
    )
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8)


if __name__ == "__main__":
    main()
