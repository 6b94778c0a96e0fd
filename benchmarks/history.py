"""How the history behaves as it grows: queries and p95 milliseconds of each request.

    python -m benchmarks.history [--entries 1000 10000 100000] [--others 1000000]

One account for each number of entries; --others are those of somebody else in the same database.
Uses SQLite in a temporary folder, or the empty database that DATABASE_URL names, and the site's
API without a network between.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="onlineocr-bench-")
os.environ.update(
    DATA_DIR=FOLDER.name, MEDIA_ROOT=FOLDER.name, RUN_DIR=FOLDER.name, LOG_LEVEL="ERROR"
)
os.environ["DJANGO_SETTINGS_MODULE"] = "onlineocr.settings"

REQUESTS = {
    "first page": "",
    "page 50": "?page=50",
    "last page": "?page_size=100&page=10",
    "rare word": "?search=zanzibar",
    "two words": "?search=zanzibar+word1",
    "common word": "?search=common",
    "two letters": "?search=zz",
    "Chinese word": "?search=发票",
    "filter": "?engine=tesseract&confidence_min=0.9",
    "by confidence": "?ordering=-confidence",
    "by words": "?ordering=-words",
    "by file name": "?ordering=file_name",
}
ROUNDS = 20
# Of other people's entries: enough to be many, short enough to be made in minutes.
OTHERS_CHARACTERS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--others", type=int, default=0)
    arguments = parser.parse_args()
    owners = prepare(sorted(arguments.entries), arguments.others)
    columns = [measure(owner) for owner in owners.values()]
    print(f"{'p95 ms (queries)':<16}" + "".join(f"{size:>16,}" for size in owners) + "     ratio")
    for name in REQUESTS:
        cells = "".join(f"{column[name][0]:>12.1f} ({column[name][1]})" for column in columns)
        print(f"{name:<16}{cells}{columns[-1][name][0] / columns[0][name][0]:>10.1f}")


def prepare(sizes: list[int], others: int) -> dict[int, Any]:
    """Accounts with that many entries, in a new database."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.entries import fill

    call_command("migrate", verbosity=0)
    owners = {size: User.objects.create(username=f"owner{size}") for size in sizes}
    for size, owner in owners.items():
        fill(owner, size)
    fill(User.objects.create(username="others"), others, characters=OTHERS_CHARACTERS)
    if connection.vendor == "postgresql":  # autovacuum would do it a minute later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return owners


def measure(owner: Any) -> dict[str, tuple[float, int]]:
    """p95 in milliseconds and number of queries of each request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from rest_framework.test import APIClient

    client = APIClient(SERVER_NAME="localhost")
    client.force_authenticate(owner)
    results = {}
    for name, query in REQUESTS.items():
        with CaptureQueriesContext(connection) as queries:
            get(client, query)
        number = len(queries)  # before the next request empties the log
        seconds = sorted(get(client, query) for _ in range(ROUNDS))
        results[name] = seconds[int(ROUNDS * 0.95) - 1] * 1000, number
    return results


def get(client: Any, query: str) -> float:
    """Seconds of one request."""
    start = time.perf_counter()
    response = client.get("/api/history/" + query)
    seconds = time.perf_counter() - start
    assert response.status_code == 200, response.content
    return seconds


if __name__ == "__main__":
    main()
