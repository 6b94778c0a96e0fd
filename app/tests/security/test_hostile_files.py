"""Files made to break decoders, on every upload path: an answer in time, never a 500."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import Any

from django.test import Client, override_settings

from app.engines.base import EngineConfig
from app.models import Job, Upload
from app.services.accounts import api_keys
from app.tests.base import SiteTestCase
from app.tests.factories import text_png
from app.worker.process import ProcessConfig, RecognizerProcess

from .upload_paths import OLD_500, UPLOAD_PATHS

# An optional folder of more hostile files.
CORPUS = os.environ.get("ONLINEOCR_CORPUS", "")
SECONDS = 20
MEGABYTES = 2048


class KillableReader(RecognizerProcess):
    """The real recognizer in a process with limits, as a worker has it."""

    def __init__(self, config: EngineConfig) -> None:
        recognizer = "app.recognition.recognizer.Recognizer"
        super().__init__(ProcessConfig(config, recognizer, SECONDS, MEGABYTES))


def png(width: int, height: int, data: bytes = b"", colors: int = 2) -> bytes:
    """A PNG with correct checksums, so that decoders proceed to the data that the header
    announces."""
    header = struct.pack(">IIBBBBB", width, height, 8, colors, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(data)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf(pages: str) -> bytes:
    objects = f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj{pages}endobj "
    return f"%PDF-1.4 {objects}trailer<</Root 1 0 R>>".encode()


HOSTILE = {
    "nothing": b"",
    "three bytes": b"\xff\xd8\xff",
    "script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page": b"<html><body onload=alert(1)>",
    "program": b"MZ\x90\x00" + bytes(500),
    "cut off": text_png()[:200],
    "bomb in the header": png(60_000, 60_000),
    "no pixels": png(0, 0),
    "PDF that contains itself": pdf("<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "PDF of a million pages": pdf("<</Type/Pages/Kids[]/Count 1000000>>"),
    "PDF of a huge page": pdf("<</Type/Pages/Kids[<</Type/Page/MediaBox[0 0 1e9 1e9]>>]/Count 1>>"),
    "TIFF that follows itself": b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00",
    "HEIC without a box": b"\x00\x00\x00\x18ftypheic" + bytes(12),
    "JPEG 2000 of noise": b"\xff\x4f\xff\x51" + bytes(range(256)),
    "Windows bitmap of minus size": b"BM"
    + struct.pack("<IIIIii", 54, 0, 54, 40, -5, -5)
    + bytes(28),
    "ZIP": b"PK\x03\x04" + bytes(60),
}


# A hundred kilobytes that unpack to 81 million pixels: within the limits, so it has to be read.
LARGE = png(9_000, 9_000, bytes(9_000 * 9_001), colors=0)


@override_settings(RECOGNIZER=f"{__name__}.KillableReader", SYNC_SECONDS=1)
class HostileFileTests(SiteTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = api_keys.create(owner=self.alice, name="k")[1]
        self.browser = Client(raise_request_exception=False)

    def send(self, way: str, content: bytes) -> Any:
        response = UPLOAD_PATHS[way](self.browser, self.token, content)
        allowed = 500 if way in OLD_500 else 499
        self.assertLessEqual(response.status_code, allowed, response.content[:300])
        return response

    def test_every_file_through_every_way(self) -> None:
        for way in UPLOAD_PATHS:
            for name, content in {**HOSTILE, "large": LARGE}.items():
                with self.subTest(f"{way}: {name}"):
                    self.send(way, content)

    def test_what_was_refused_leaves_nothing(self) -> None:
        for name, content in HOSTILE.items():
            with self.subTest(name):
                response = self.send("API, form", content)
                self.assertGreaterEqual(response.status_code, 400)
                self.assertEqual(set(Job.objects.values_list("status", flat=True)), set())
                self.assertEqual(Upload.objects.count(), 0)

    def test_good_file_is_read_after_all_of_them(self) -> None:
        for content in HOSTILE.values():
            self.send("API, form", content)
        self.assertIn("Hello", self.send("API, form", text_png()).json()["text"])

    def test_files_of_the_corpus(self) -> None:
        """Each file goes through the API and one other path, by turns."""
        ways = list(UPLOAD_PATHS)
        folder = Path(CORPUS) / "hostile" if CORPUS else Path("/nowhere")
        for number, path in enumerate(sorted(folder.glob("*"))):
            for way in ("API, form", ways[number % len(ways)]):
                with self.subTest(f"{way}: {path.name}"):
                    self.send(way, path.read_bytes())
