from __future__ import annotations

from pathlib import Path

import pytest
import qrcode
from PIL import Image

from app.engines.base import EngineConfig
from app.engines.registry import ENGINES
from app.engines.runtime.onnx import Runtime
from app.ocr.errors import OcrError
from app.ocr.images import PDF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.recognition.catalog import engine_catalog
from app.recognition.recognizer import Recognizer
from app.tests.conftest import tessdata_with
from app.tests.drawing import PROSE, draw_at, draw_lines, encoded, ink_box
from app.tests.ocr.test_source import text_pdf

AVAILABLE = [entry.name for entry in engine_catalog(EngineConfig()) if entry.available]


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(EngineConfig())


def read(
    recognizer: Recognizer, folder: Path, image: Image.Image, options: Options | None = None
) -> Page:
    path = folder / "page.png"
    path.write_bytes(encoded(image, "PNG"))
    return recognizer.recognize(SourceFile(path, "image/png"), 1, options or Options())


def test_first_page_after_warming_up_loads_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm = Recognizer(EngineConfig(default_engine="auto"))
    warm.warm_up()
    monkeypatch.setattr(Runtime, "load", None)
    assert read(warm, tmp_path, draw_lines("Ready at once")).text == "Ready at once"


def test_nothing_is_loaded_in_advance_without_a_usual_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Runtime, "load", None)
    Recognizer(EngineConfig()).warm_up()


@pytest.mark.parametrize("engine", AVAILABLE)
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_page_is_turned_upright_by_every_engine(
    recognizer: Recognizer, tmp_path: Path, engine: str, rotation: int
) -> None:
    upright = draw_lines(*PROSE * 2)
    turned = upright.rotate(rotation, expand=True)  # counter-clockwise
    page = read(recognizer, tmp_path, turned, Options(engine=engine))
    assert page.rotation == rotation
    assert (page.width, page.height) == upright.size
    assert page.text.split() == " ".join(PROSE * 2).split()


@pytest.mark.parametrize("engine", AVAILABLE)
def test_boxes_of_a_leaning_page_are_those_of_the_page_as_stored(
    recognizer: Recognizer, tmp_path: Path, engine: str
) -> None:
    leaning = draw_lines(*PROSE * 2).rotate(
        -4, Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    page = read(recognizer, tmp_path, leaning, Options(engine=engine))
    assert page.skew == pytest.approx(4, abs=0.2)
    gray = leaning.convert("L")
    for word in page.words:
        assert gray.crop(word.bbox).getextrema()[0] < 100, word
    assert page.text.split() == " ".join(PROSE * 2).split()


def test_region_is_read_in_the_coordinates_of_the_page(
    recognizer: Recognizer, tmp_path: Path
) -> None:
    image = draw_at((700, 300), (40, 40, "Left above"), (400, 200, "Right below"))
    page = read(recognizer, tmp_path, image, Options(region=(350, 150, 350, 150)))
    assert page.text == "Right below"
    assert next(page.words).bbox.left == pytest.approx(ink_box("Right", 400, 200).left, abs=4)
    assert (page.width, page.height) == (700, 300)


def test_ignored_box_is_not_read(recognizer: Recognizer, tmp_path: Path) -> None:
    image = draw_at((700, 300), (40, 40, "Keep this"), (400, 200, "Secret"))
    page = read(recognizer, tmp_path, image, Options(ignore=((380, 180, 320, 100),)))
    assert page.text == "Keep this"


def test_region_outside_the_page_is_refused(recognizer: Recognizer, tmp_path: Path) -> None:
    with pytest.raises(OcrError) as refusal:
        read(recognizer, tmp_path, draw_lines("x"), Options(region=(5000, 0, 10, 10)))
    assert refusal.value.code == "bad_option"


def test_given_rotation_is_obeyed(recognizer: Recognizer, tmp_path: Path) -> None:
    upside_down = draw_lines(*PROSE).rotate(180)
    page = read(recognizer, tmp_path, upside_down, Options(rotate=180))
    assert page.rotation == 180
    assert page.text == "\n".join(PROSE)


def test_barcodes_come_with_the_text_when_asked_for(recognizer: Recognizer, tmp_path: Path) -> None:
    image = draw_at((600, 400), (40, 40, "Scan me"))
    image.paste(qrcode.make("https://example.org/42").convert("RGB"), (250, 60))
    (code,) = read(recognizer, tmp_path, image, Options(barcodes=True)).barcodes
    assert (code.kind, code.text) == ("QRCode", "https://example.org/42")
    assert code.bbox.left > 250
    assert read(recognizer, tmp_path, image).barcodes == ()


@pytest.mark.parametrize(
    ("mode", "source"), [("auto", "pdf_text"), ("ignore", "image"), ("only", "pdf_text")]
)
def test_pdf_text_modes(recognizer: Recognizer, tmp_path: Path, mode: str, source: str) -> None:
    path = tmp_path / "born-digital.pdf"
    path.write_bytes(text_pdf("Born digital page"))
    page = recognizer.recognize(SourceFile(path, PDF), 1, Options(pdf_text=mode))
    assert (page.text, page.source) == ("Born digital page", source)


@pytest.mark.parametrize("engine", ["auto", "tesseract", "paddleocr"])
def test_unknown_language_says_what_is_installed(
    recognizer: Recognizer, tmp_path: Path, engine: str
) -> None:
    with pytest.raises(OcrError) as refusal:
        read(recognizer, tmp_path, draw_lines("x"), Options(engine=engine, languages=("tlh",)))
    assert refusal.value.code == "unknown_language"
    assert "eng" in refusal.value.message
    assert "tesseract-ocr-tlh" in refusal.value.message


def test_unavailable_engine_says_how_to_add_it(recognizer: Recognizer, tmp_path: Path) -> None:
    missing = [name for name in ENGINES if name not in AVAILABLE]
    for name in missing:
        with pytest.raises(OcrError) as refusal:
            read(recognizer, tmp_path, draw_lines("x"), Options(engine=name))
        assert refusal.value.code == "engine_unavailable"


def test_automatic_choice_says_what_it_used_and_why(recognizer: Recognizer, tmp_path: Path) -> None:
    page = read(recognizer, tmp_path, draw_lines(*PROSE), Options(languages=("eng",)))
    assert page.engine == "paddleocr"
    assert page.reason
    arabic = Recognizer(EngineConfig(tessdata=tessdata_with(tmp_path / "tessdata", "eng", "ara")))
    page = read(arabic, tmp_path, draw_lines("2026"), Options(languages=("eng", "ara")))
    assert page.engine == "tesseract"


def test_unknown_language_is_found_out(recognizer: Recognizer, tmp_path: Path) -> None:
    german = (
        "Der schnelle braune Hund springt heute durch den Garten",
        "und wandert danach langsam auf dem Weg wieder nach Hause",
    )
    page = read(recognizer, tmp_path, draw_lines(*german), Options(languages=("auto",)))
    assert page.languages == ("deu",)
    assert page.text == "\n".join(german)


def test_small_profile_reads_as_well(tmp_path: Path) -> None:
    page = read(Recognizer(EngineConfig(profile="small")), tmp_path, draw_lines(*PROSE))
    assert page.text == "\n".join(PROSE)


def test_listing_engines_and_languages_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from app.engines.base import EngineConfig;"
        "from app.recognition.catalog import engine_catalog, language_catalog;"
        "engine_catalog(EngineConfig()); language_catalog(EngineConfig());"
        "print({'numpy', 'cv2', 'onnxruntime', 'PIL', 'django'} & set(sys.modules))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "set()"


def test_picture_too_large_to_hold_is_read_reduced_in_its_own_pixels(
    recognizer: Recognizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ocr.source.raster.WORKING_PIXELS", 400_000)
    image = draw_at((1400, 900), (100, 100, "Not this"), (700, 600, "Large scan"), height=96)
    page = read(recognizer, tmp_path, image, Options(region=(600, 500, 800, 400)))
    assert (page.text, page.width, page.height) == ("Large scan", 1400, 900)
    expected = ink_box("Large", 700, 600, 96)
    assert next(page.words).bbox.left == pytest.approx(expected.left, abs=8)
    assert next(page.words).bbox.top == pytest.approx(expected.top, abs=24)
