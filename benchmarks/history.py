"""How the history list behaves as it grows: queries and median milliseconds per request.

    python benchmarks/history.py [--entries 1000 10000 100000]

Uses a database of its own in a temporary folder, and the site's API without a network between.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="onlineocr-bench-")
os.environ.update(DATA_DIR=FOLDER.name, MEDIA_ROOT=FOLDER.name, LOG_LEVEL="ERROR", RATE_LIMITS="")
os.environ["DJANGO_SETTINGS_MODULE"] = "onlineocr.settings"

REQUESTS = {
    "first page": "",
    "page 50": "?page=50",
    "rare word": "?search=zanzibar",
    "common word": "?search=common",
    "two letters": "?search=zz",
    "filter": "?engine=tesseract&confidence_min=0.9",
    "by confidence": "?ordering=-confidence",
    "by file name": "?ordering=file_name",
}
ROUNDS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[1000, 10_000, 100_000])
    sizes = sorted(parser.parse_args().entries)

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    columns = [measure(size) for size in sizes]
    print(f"{'ms (queries)':<16}" + "".join(f"{size:>16,}" for size in sizes) + "     ratio")
    for name in REQUESTS:
        cells = "".join(f"{column[name][0]:>12.1f} ({column[name][1]})" for column in columns)
        print(f"{name:<16}{cells}{columns[-1][name][0] / columns[0][name][0]:>10.1f}")


def measure(size: int) -> dict[str, tuple[float, int]]:
    """Median milliseconds and number of queries of each request, for a user with that many."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from rest_framework.test import APIClient

    owner = User.objects.create(username=f"owner{size}")
    fill(owner, size)
    client = APIClient(SERVER_NAME="localhost")
    client.force_authenticate(owner)
    results = {}
    for name, query in REQUESTS.items():
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get("/api/history/" + query)
            seconds.append(time.perf_counter() - start)
            assert response.status_code == 200, response.content
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/history/" + query)
        results[name] = statistics.median(seconds) * 1000, len(queries)
    return results


def fill(owner: object, size: int) -> None:
    """Entries of about 1,500 characters; one in five hundred has the rare word."""
    from app.models import Job, SearchText, Status, Upload

    words = [f"word{number}" for number in range(2000)]
    random.seed(size)
    upload = Upload.objects.create(
        owner=owner, name="page.png", media_type="image/png", size=1, sha256="0" * 64
    )
    for start in range(0, size, 2000):
        jobs = []
        for number in range(start, min(start + 2000, size)):
            text = " ".join(random.choices(words, k=200)) + " common"
            text += " zanzibar" if number % 500 == 0 else ""
            jobs.append(
                Job(
                    upload=upload,
                    owner=owner,
                    engine="auto",
                    engine_used=random.choice(["tesseract", "paddleocr"]),
                    language_used="eng",
                    status=Status.DONE,
                    confidence=random.random(),
                    text=text,
                )
            )
        Job.objects.bulk_create(jobs)
        SearchText.objects.bulk_create(SearchText(job=job, text=job.text) for job in jobs)


if __name__ == "__main__":
    main()
