"""Effect of a growing history: queries, median and p95 milliseconds of each request.

    python -m benchmarks.history [--entries 1000 10000 100000] [--others 1000000] [--cpu]
        [--only "the home page" "/history/"]

There is an account for each number of entries; --others is the number of entries of one more
account in the same database. Uses SQLite in a temporary folder, or the database in DATABASE_URL,
which is filled once; requests do not go through a network. The accounts take turns, so other load
on the machine slows all alike. On a busy machine the ratio of the medians is more reliable, and on
SQLite --cpu, which counts processor time. Answers are compressed, as for browsers. --only: parts
of the requests' names.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="onlineocr-bench-")
for name in ("DATA_DIR", "MEDIA_ROOT", "RUN_DIR", "STATIC_ROOT"):
    os.environ[name] = f"{FOLDER.name}/{name}"
Path(os.environ["DATA_DIR"]).mkdir()
os.environ["LOG_LEVEL"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "onlineocr.settings"

# In each account one entry has a page of words, and one job is waiting.
REQUESTS = {
    "`/`, the home page": "/",
    "`/history/{entry}/`": "/history/{entry}/",
    "`/api/history/{entry}/`": "/api/history/{entry}/",
    "`/api/history/{entry}/`, boxes": "/api/history/{entry}/?boxes=true",
    "`/api/jobs/{entry}/`, done": "/api/jobs/{entry}/",
    "`/api/jobs/{waiting}/`, waiting": "/api/jobs/{waiting}/",
}
API = {
    "first page": "",
    "first page of 20": "?page_size=20",
    "page 50": "?page=50",
    "last page of 1,000": "?page_size=100&page=10",
    "word in 0.2 %": "?search=zanzibar",
    "word in 1 %": "?search=hotel",
    "word in 10 %": "?search=yearly",
    "word in all": "?search=hjk",
    "part of a word": "?search=anziba",
    "two words": "?search=zanzibar+hjk",
    "no such word": "?search=wwwww",
    "two letters": "?search=xq",
    "Chinese word": "?search=发票",
    "its page 2": "?search=hotel&page=2&page_size=5",
    "tag": "?search=%23tax",
    "engine, confidence": "?engine=tesseract&confidence_min=0.9",
    "confidence under": "?confidence_max=0.3",
    "language": "?language=chi_sim",
    "status": "?status=failed",
    "a month": "?created_after=2025-03-01T00:00Z&created_before=2025-04-01T00:00Z",
    "word, engine": "?search=hotel&engine=tesseract",
    "word, by name": "?search=hotel&ordering=file_name",
}
# Requests that are left out unless the smallest account has this many entries.
NEEDED = {"page 50": 500, "its page 2": 600, "last page of 1,000": 1000}
PAGES = {
    "`/history/`": "",
    "`/history/`, word in 1 %": "?search=hotel",
    "`/history/`, word in all": "?search=hjk",
    "`/history/`, starred": "?starred=True",
    "`/history/`, status": "?status=failed",
    "`/history/`, file name": "?order=file_name",
}
ROUNDS = 20
# Lengths of texts in the accounts and in the other account, whose many entries must be quick to
# create.
CHARACTERS, OTHERS_CHARACTERS = 1500, 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--only", nargs="+", default=[""])
    arguments = parser.parse_args()
    clock = time.process_time if arguments.cpu else time.perf_counter
    owners = prepare(sorted(arguments.entries), arguments.others)
    clients = [signed_in(owner) for owner in owners.values()]
    known = [known_jobs(owner) for owner in owners.values()]
    print(
        "| median / p95 ms (queries) | "
        + " | ".join(f"{size:,}" for size in owners)
        + " | ratio | of medians |"
    )
    print("|---" * (len(owners) + 3) + "|")
    for name, address in addresses(arguments.only, min(owners)).items():
        asked = [address.format(**jobs) for jobs in known]
        rounds, queries = measure(clients, asked, clock)
        middle = [1000 * median(one) for one in rounds]
        p95 = [sorted(one)[int(ROUNDS * 0.95) - 1] * 1000 for one in rounds]
        numbers = zip(middle, p95, queries, strict=True)
        cells = " | ".join(f"{ms:.1f} / {high:.1f} ({n})" for ms, high, n in numbers)
        ratios = f"{p95[-1] / p95[0]:.1f} | {middle[-1] / middle[0]:.1f}"
        print(f"| {name} | {cells} | {ratios} |", flush=True)


def addresses(parts: list[str], entries: int) -> dict[str, str]:
    """Name -> URL of the requests whose names contain one of the parts.

    entries: of the smallest account.
    """
    from app.api.filters import ORDERING

    every = {
        **REQUESTS,
        **{name: "/api/history/" + query for name, query in API.items()},
        **{f"by {name}": f"/api/history/?ordering=-{name}" for name in ORDERING},
        **{name: "/history/" + query for name, query in PAGES.items()},
    }
    asked = {name: it for name, it in every.items() if any(part in name for part in parts)}
    return {name: it for name, it in asked.items() if NEEDED.get(name, 0) <= entries}


def prepare(sizes: list[int], others: int) -> dict[int, Any]:
    """Accounts by number of entries; creates them if the database is new."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    owners = {size: User.objects.get_or_create(username=f"owner{size}") for size in sizes}
    neighbour, is_new = User.objects.get_or_create(username="others")
    if is_new:
        fill_for([owner for owner, _ in owners.values()], sizes, neighbour, others)
    return {size: owner for size, (owner, _) in owners.items()}


def fill_for(owners: list[Any], sizes: list[int], neighbour: Any, others: int) -> None:
    from django.db import connection

    from benchmarks.entries import add_page, bulk_loading, fill, queue

    numbers = {**dict(zip(owners, sizes, strict=True)), neighbour: others}
    characters = {**dict.fromkeys(owners, CHARACTERS), neighbour: OTHERS_CHARACTERS}
    with bulk_loading():
        fill(numbers, characters)
    for owner in owners:
        add_page(owner)
        queue(owner)
    if connection.vendor == "postgresql":  # autovacuum would do this a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def known_jobs(owner: Any) -> dict[str, str]:
    """Ids of the owner's entry with a page, and of their waiting job."""
    from app.models import Job, Status

    own = Job.objects.filter(owner=owner)
    entry, waiting = own.filter(status=Status.DONE, pages__number=1), own.filter(status="queued")
    return {"entry": str(entry.get().pk), "waiting": str(waiting.get().pk)}


def signed_in(owner: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "gzip"})
    client.force_login(owner)
    return client


def measure(
    clients: list[Any], addresses: list[str], clock: Callable[[], float]
) -> tuple[list[tuple[float, ...]], list[int]]:
    """Seconds of all rounds, and number of queries, for each account."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    asked = list(zip(clients, addresses, strict=True))
    for client, address in asked:
        with CaptureQueriesContext(connection) as queries:
            get(client, address, clock)
        numbers.append(len(queries))
    rounds = [[get(client, address, clock) for client, address in asked] for _ in range(ROUNDS)]
    return list(zip(*rounds, strict=True)), numbers


def get(client: Any, address: str, clock: Callable[[], float]) -> float:
    """Seconds of one request."""
    start = clock()
    response = client.get(address)
    seconds = clock() - start
    assert response.status_code == 200, response.content
    return seconds


if __name__ == "__main__":
    main()
