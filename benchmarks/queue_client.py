"""Client of the workers in benchmarks/queue.py: submits jobs, waits, prints times as JSON."""

from __future__ import annotations

import io
import json
import statistics
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from app.models import ENDED, Job, Upload  # noqa: E402
from app.ocr.images import SourceFile  # noqa: E402
from app.ocr.options import Options  # noqa: E402
from app.recognition.libraries import configure_libraries  # noqa: E402
from app.recognition.recognizer import Recognizer  # noqa: E402
from app.services import jobs  # noqa: E402
from app.services.engine_settings import engine_config  # noqa: E402
from app.services.jobs.submit import submit  # noqa: E402
from app.services.submission import uploads  # noqa: E402

SENTENCE = "The quick brown fox jumps over the lazy dog and counts 1234567890 sheep."
ROUNDS = 4
TESSERACT = Options(engine="tesseract", languages=("eng",))


def throughput(count: int) -> dict[str, float]:
    """Many trivial jobs at once: submissions and finished jobs per second."""
    upload = stored(b"\x89PNG\r\n\x1a\n" + bytes(100))
    started = time.perf_counter()
    for _ in range(count):
        submit(upload=upload, options=Options())
    submitted = time.perf_counter()
    while Job.objects.exclude(status__in=ENDED).exists():
        time.sleep(0.02)
    ended = time.perf_counter()
    return {"submits": count / (submitted - started), "jobs": count / (ended - started)}


def latency(count: int) -> dict[str, float]:
    """One trivial job after the other: milliseconds until the start and until the answer."""
    upload = stored(b"\x89PNG\r\n\x1a\n" + bytes(100))
    starts, answers = [], []
    for _ in range(count):
        began = time.perf_counter()
        job = jobs.wait(job=submit(upload=upload, options=Options()), seconds=30)
        answers.append(1000 * (time.perf_counter() - began))
        starts.append(1000 * (job.started_at - job.created_at).total_seconds())
    return {"start": statistics.median(starts), "answer": statistics.median(answers)}


def overhead(pages: int) -> dict[str, float]:
    """Seconds per page of a real document, with the engine called directly and through a job.

    The two alternate and the fastest round counts: other load can only slow a round down, and the
    first round loads the engines.
    """
    configure_libraries(threads=1)
    upload, recognizer = stored(document(pages)), Recognizer(engine_config())
    rounds = [(run_directly(recognizer, upload), run_job(upload)) for _ in range(ROUNDS)]
    direct, job = (min(seconds) / pages for seconds in zip(*rounds, strict=True))
    return {"direct": direct, "job": job}


def run_directly(recognizer: Recognizer, upload: Upload) -> float:
    began, file = time.perf_counter(), SourceFile(Path(upload.file.path), upload.media_type)
    for number in recognizer.page_numbers(file, TESSERACT):
        recognizer.recognize(file, number, TESSERACT)
    return time.perf_counter() - began


def run_job(upload: Upload) -> float:
    began = time.perf_counter()
    job = jobs.wait(job=submit(upload=upload, options=TESSERACT), seconds=600)
    if job.status != "done":
        raise SystemExit(f"{job.error_code}: {job.error_message}")
    seconds = time.perf_counter() - began
    while Job.objects.filter(previewed=False).exists():  # the worker still makes previews
        time.sleep(0.1)
    return seconds


def document(pages: int) -> bytes:
    """A TIFF of A4 pages at 150 dpi, full of text."""
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(26)
    for line in range(40):
        ImageDraw.Draw(image).text((90, 60 + 40 * line), SENTENCE, 0, font)
    stream = io.BytesIO()
    image.save(stream, "TIFF", save_all=True, append_images=[image] * (pages - 1))
    return stream.getvalue()


def stored(content: bytes) -> Upload:
    return uploads.store(content=ContentFile(content), name="x", owner=None, max_bytes=10**9)


if __name__ == "__main__":
    measure = {"throughput": throughput, "latency": latency, "overhead": overhead}[sys.argv[1]]
    sys.stdout.write("\n" + json.dumps(measure(int(sys.argv[2]))))
