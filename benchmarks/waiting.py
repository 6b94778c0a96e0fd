"""Effect of a growing queue: processor milliseconds of operations while many jobs wait.

    python -m benchmarks.waiting [--jobs 100 10000 100000] [--owners 50]

Uses SQLite in a temporary folder and calls services directly. Medians of processor time, which is
reliable even on a busy machine.
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
    Path(os.environ[name]).mkdir()
os.environ["LOG_LEVEL"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "onlineocr.settings"

ROUNDS = 40
CHUNK = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--owners", type=int, default=50)
    arguments = parser.parse_args()
    owners = prepare(arguments.owners)
    print("| waiting jobs | submit ms | claim ms | position ms | yield ms | poll ms |")
    print("|---|---|---|---|---|---|")
    waiting = 0
    for size in sorted(arguments.jobs):
        fill(owners, waiting, size)
        waiting = size
        times = " | ".join(f"{each:.2f}" for each in measure(owners[0]))
        print(f"| {size} | {times} |", flush=True)


def prepare(count: int) -> list[Any]:
    """The owners of the jobs, in a new database."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return [User.objects.create_user(f"owner-{number}") for number in range(count)]


def fill(owners: list[Any], start: int, end: int) -> None:
    """Adds waiting jobs for all owners in turn; each owner's have consecutive turns."""
    from app.models import Job, Priority, Upload

    jobs = []
    for number in range(start, end):
        owner = owners[number % len(owners)]
        upload = Upload(owner=owner, name="a.png", media_type="image/png", size=9, file="a")
        jobs.append(
            Job(
                upload=upload,
                owner=owner,
                file_name="a.png",
                file_size=9,
                engine="auto",
                options={},
                priority=Priority.NORMAL,
                turn=number // len(owners),
            )
        )
    Upload.objects.bulk_create([job.upload for job in jobs], CHUNK)
    Job.objects.bulk_create(jobs, CHUNK)


def measure(owner: Any) -> list[float]:
    """Milliseconds in the order of the columns; the number of waiting jobs hardly changes."""
    from rest_framework.test import APIClient

    from app.models import Job, Status
    from app.ocr.options import Options
    from app.services.jobs.execution.lease import Claim, claim_next
    from app.services.jobs.place import place
    from app.services.jobs.queue import should_yield
    from app.services.jobs.submit import submit

    last = Job.objects.filter(owner=owner).order_by("-turn").first()
    client = APIClient(SERVER_NAME="localhost")
    client.force_authenticate(owner)

    def claim() -> Claim:
        found = claim_next()
        assert found is not None
        return found

    claims = [timed(claim) for _ in range(ROUNDS)]
    job, began = claims[0][1].job, claims[0][1].claimed_at
    calls: list[Callable[[], object]] = [
        lambda: submit(upload=last.upload, options=Options()),
        lambda: place(last),
        lambda: should_yield(job, running_since=began),
        lambda: poll(client, f"/api/jobs/{last.pk}/"),
    ]
    submits, positions, yields, polls = ([timed(each)[0] for _ in range(ROUNDS)] for each in calls)
    Job.objects.filter(status=Status.RUNNING).update(status=Status.QUEUED)
    found = (submits, [seconds for seconds, _ in claims], positions, yields, polls)
    return [1000 * median(each) for each in found]


def poll(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds, and what the call returned."""
    started = time.process_time()
    result = call()
    return time.process_time() - started, result


if __name__ == "__main__":
    main()
