"""`manage.py models` against a local server; the publishers' own files are not fetched here."""

from __future__ import annotations

import hashlib
import http.server
import io
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from app.checks import check_models
from app.engines.base import EngineConfig
from app.engines.paddleocr import PaddleOcrEngine
from app.engines.paddleocr.heads.catalog import fits_heads
from app.engines.paddleocr.models import find_models
from app.engines.paddleocr.published import listing
from app.ocr.options import Options
from app.services.engine_settings import engine_config
from app.services.operations import models as service
from app.tests.drawing import draw_lines, pixels

CONTENT = b"a recognizer of Tamil" * 1000
TAMIL = "ta_PP-OCRv5_rec_mobile.onnx"


@dataclass
class Mirror:
    url: str
    asked: list[str]
    answers: dict[str, bytes]
    broken_off: bool = False


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            body = found.answers.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write((body or b"")[: 100 if found.broken_off else None])

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Mirror(f"http://127.0.0.1:{server.server_port}/copy/", [], {})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of the installed package, with the checksum of our substitute."""
    models = {each.name: each for each in listing.published_models()}
    models["ta"] = replace(models["ta"], sha256=hashlib.sha256(CONTENT).hexdigest())
    for user in (listing, service):
        monkeypatch.setattr(user, "published_models", lambda: tuple(models.values()))


def models(*arguments: str, **options: Any) -> str:
    said = io.StringIO()
    call_command("models", *arguments, stdout=said, **options)
    return said.getvalue()


def test_list_of_the_installed_package_has_addresses_and_checksums() -> None:
    known = listing.published_models()
    assert {"arabic", "devanagari", "korean", "ta", "te", "th"} <= {each.name for each in known}
    for each in known:
        assert each.url.startswith("https://")
        assert len(bytes.fromhex(each.sha256)) == 32


def test_fetch_from_a_mirror_and_not_twice(mirror: Mirror, tmp_path: Path) -> None:
    mirror.answers[f"/copy/onnx/PP-OCRv5/rec/{TAMIL}"] = CONTENT
    assert "fetched" in models("fetch", "ta", folder=tmp_path / "new", mirror=mirror.url)
    assert (tmp_path / "new" / TAMIL).read_bytes() == CONTENT
    assert "was there already" in models("fetch", "ta", folder=tmp_path / "new", mirror=mirror.url)
    assert mirror.asked == [f"/copy/onnx/PP-OCRv5/rec/{TAMIL}"]
    assert "ta          complete  tam" in models("list", folder=tmp_path / "new")
    assert "te          missing   tel" in models("list", folder=tmp_path / "new")


def test_fetch_from_files_without_a_network(tmp_path: Path) -> None:
    (tmp_path / TAMIL).write_bytes(CONTENT)
    models("fetch", "ta", folder=tmp_path / "site", source=tmp_path)
    assert (tmp_path / "site" / TAMIL).read_bytes() == CONTENT
    with pytest.raises(CommandError, match=r"te_PP-OCRv5_rec_mobile\.onnx: No such file"):
        models("fetch", "te", folder=tmp_path / "site", source=tmp_path)


@pytest.mark.parametrize(
    ("answer", "broken_off", "said"),
    [
        (CONTENT + b"more", False, "wrong checksum"),
        (CONTENT, True, "closed connection"),
        (None, False, "answers 404"),
    ],
)
def test_failed_fetch_leaves_what_was_there(
    mirror: Mirror, tmp_path: Path, answer: bytes | None, broken_off: bool, said: str
) -> None:
    (tmp_path / TAMIL).write_bytes(b"older")
    mirror.broken_off = broken_off
    if answer is not None:
        mirror.answers[f"/copy/onnx/PP-OCRv5/rec/{TAMIL}"] = answer
    with pytest.raises(CommandError, match=said):
        models("fetch", "ta", folder=tmp_path, mirror=mirror.url)
    assert [each.name for each in tmp_path.iterdir()] == [TAMIL]
    assert (tmp_path / TAMIL).read_bytes() == b"older"
    with pytest.raises(CommandError, match=f"Damaged: {TAMIL}"):
        models("check", folder=tmp_path)


def test_full_disk_unknown_name_and_missing_folder_are_said(mirror: Mirror, tmp_path: Path) -> None:
    mirror.answers[f"/copy/onnx/PP-OCRv5/rec/{TAMIL}"] = CONTENT
    full = shutil._ntuple_diskusage(10**9, 10**9, 10**6)  # type: ignore[attr-defined]
    with (
        mock.patch("shutil.disk_usage", return_value=full),
        pytest.raises(CommandError, match="only 0 MB are free"),
    ):
        models("fetch", "ta", folder=tmp_path, mirror=mirror.url)
    assert not list(tmp_path.iterdir())
    with pytest.raises(CommandError, match=r"No model klingon\. Known: arabic"):
        models("fetch", "klingon", folder=tmp_path)
    with pytest.raises(CommandError, match="paddleocr-scripts=FOLDER"):
        models("list")
    with pytest.raises(CommandError, match="refused"):
        models("fetch", "ta", folder=tmp_path, mirror="http://127.0.0.1:9/")


def test_damaged_model_is_said_by_check_and_readiness(tmp_path: Path) -> None:
    (tmp_path / TAMIL).write_bytes(b"half")
    with override_settings(OCR_MODEL_DIRS={"paddleocr-scripts": str(tmp_path)}):
        engine_config.cache_clear()
        assert [each.msg for each in check_models()] == [
            f"{TAMIL} is damaged: fetch it again with manage.py models."
        ]
    engine_config.cache_clear()
    assert check_models() == []


def test_other_recognizer_than_the_heads_is_said(tmp_path: Path) -> None:
    for part, name in (("det", "det.onnx"), ("rec", "rec.onnx"), ("rec", "inference.yml")):
        (tmp_path / "small" / part).mkdir(parents=True, exist_ok=True)
        (tmp_path / "small" / part / name).write_bytes(b"another")
    config = EngineConfig(model_dirs={"paddleocr": tmp_path})
    assert "rec.onnx is not the model" in PaddleOcrEngine(config).faults()[0]


def test_fetched_recognizer_reads_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PP-OCRv6 under the name of the Tamil model: the same format, other letters."""
    packaged = find_models("small", None)
    if packaged is None or not fits_heads(packaged.recognizer):
        pytest.skip("no packaged model with its alphabet inside")
    shutil.copyfile(packaged.recognizer, tmp_path / TAMIL)
    model = next(each for each in listing.published_models() if each.name == "ta")
    digest = hashlib.sha256(packaged.recognizer.read_bytes()).hexdigest()
    monkeypatch.setattr(listing, "published_models", lambda: (replace(model, sha256=digest),))
    engine = PaddleOcrEngine(EngineConfig(model_dirs={"paddleocr-scripts": tmp_path}))
    assert "tam" in engine.languages()
    assert "tam" not in PaddleOcrEngine(EngineConfig()).languages()
    line = pixels(draw_lines("Read by the fetched one", margin=8))
    text, _ = engine.read_line(line, Options(languages=("tam",)))
    assert text == "Read by the fetched one"
    reader = engine.page_reader.read_line
    assert list(reader.loaded) == [tmp_path / TAMIL]  # type: ignore[attr-defined]
    engine.read_line(line, Options(languages=("eng",)))
    assert engine.find_script([line]) is None
