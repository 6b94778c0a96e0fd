"""Growth of the history: queries and p95 milliseconds of each request.

    python -m benchmarks.history [--entries 1000 10000 100000] [--others 1000000] [--cpu]

One account for each number of entries; --others are those of another account in the same database.
Uses SQLite in a temporary folder, or the database that DATABASE_URL names, which is filled once,
and the site without a network between. The accounts take turns, so what else the machine does slows
all alike; where it does much, the ratio of the medians says more, and on SQLite --cpu, which counts
processor time.
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

API = {
    "first page": "",
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
    "a month": "?created_after=2026-03-01T00:00Z&created_before=2026-04-01T00:00Z",
    "word, engine": "?search=hotel&engine=tesseract",
    "word, by name": "?search=hotel&ordering=file_name",
}
PAGES = {
    "`/history/`": "",
    "`/history/`, word in 1 %": "?search=hotel",
    "`/history/`, word in all": "?search=hjk",
    "`/history/`, starred": "?starred=True",
    "`/history/`, status": "?status=failed",
    "`/history/`, file name": "?order=file_name",
}
ROUNDS = 20
# Of other people's entries: enough to be many, short enough to be made in minutes.
CHARACTERS, OTHERS_CHARACTERS = 1500, 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--cpu", action="store_true")
    arguments = parser.parse_args()
    clock = time.process_time if arguments.cpu else time.perf_counter
    owners = prepare(sorted(arguments.entries), arguments.others)
    clients = [signed_in(owner) for owner in owners.values()]
    print(
        "| p95 ms (queries) | "
        + " | ".join(f"{size:,}" for size in owners)
        + " | ratio | of medians |"
    )
    print("|---" * (len(owners) + 3) + "|")
    for name, address in addresses().items():
        rounds, queries = measure(clients, address, clock)
        p95 = [sorted(one)[int(ROUNDS * 0.95) - 1] * 1000 for one in rounds]
        cells = " | ".join(f"{ms:.1f} ({n})" for ms, n in zip(p95, queries, strict=True))
        medians = median(rounds[-1]) / median(rounds[0])
        print(f"| {name} | {cells} | {p95[-1] / p95[0]:.1f} | {medians:.1f} |", flush=True)


def addresses() -> dict[str, str]:
    from app.api.filters import ORDERING

    return {
        **{name: "/api/history/" + query for name, query in API.items()},
        **{f"by {name}": f"/api/history/?ordering=-{name}" for name in ORDERING},
        **{name: "/history/" + query for name, query in PAGES.items()},
    }


def prepare(sizes: list[int], others: int) -> dict[int, Any]:
    """Accounts with that many entries, in a new database."""
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

    from benchmarks.entries import bulk_loading, fill

    numbers = {**dict(zip(owners, sizes, strict=True)), neighbour: others}
    characters = {**dict.fromkeys(owners, CHARACTERS), neighbour: OTHERS_CHARACTERS}
    with bulk_loading():
        fill(numbers, characters)
    if connection.vendor == "postgresql":  # autovacuum would do it a minute later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def signed_in(owner: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(owner)
    return client


def measure(
    clients: list[Any], address: str, clock: Callable[[], float]
) -> tuple[list[tuple[float, ...]], list[int]]:
    """Seconds of all rounds, and the number of queries, for each of the accounts."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    for client in clients:
        with CaptureQueriesContext(connection) as queries:
            get(client, address, clock)
        numbers.append(len(queries))
    rounds = [[get(client, address, clock) for client in clients] for _ in range(ROUNDS)]
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
