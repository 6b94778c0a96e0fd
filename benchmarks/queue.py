"""Speed of the job queue: python -m benchmarks.queue [--backends …] [--workers …].

Trivial jobs measure the queue alone: submissions and jobs per second, milliseconds until the start
and until the answer. A real document shows what the queue adds to the engine's time per page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.tests.worker.faults.stack import PROJECT, Stack, postgresql_server, redis_server

BACKENDS = ("sqlite", "postgresql", "celery")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backends", nargs="+", choices=BACKENDS, default=BACKENDS)
    parser.add_argument("--workers", nargs="+", type=int, default=(1, 2, 4))
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--pages", type=int, default=10)
    arguments = parser.parse_args()
    print("| backend | workers | submits/s | jobs/s | start ms | answer ms |")
    print("|---|---|---|---|---|---|")
    for backend in arguments.backends:
        for workers in arguments.workers:
            print(trivial_row(backend, workers, arguments.jobs), flush=True)
    print(real_document(arguments.pages))


def trivial_row(backend: str, workers: int, jobs: int) -> str:
    with stack(backend) as running:
        start(running, workers)
        waiting = measure(running, "latency", 100)
        many = measure(running, "throughput", jobs)
    rates = f"{many['submits']:.0f} | {many['jobs']:.0f}"
    return f"| {backend} | {workers} | {rates} | {waiting['start']:.1f} | {waiting['answer']:.1f} |"


def real_document(pages: int) -> str:
    alike = {"OCR_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    with stack("sqlite", DJANGO_SETTINGS_MODULE="onlineocr.settings", **alike) as running:
        start(running, 1)
        seconds = measure(running, "overhead", pages)
    ratio = seconds["job"] / seconds["direct"]
    return (
        f"\n{pages} pages: {1000 * seconds['direct']:.0f} ms per page by the engine alone, "
        f"{1000 * seconds['job']:.0f} ms as a job: {ratio:.3f}"
    )


@contextmanager
def stack(backend: str, **variables: str) -> Iterator[Stack]:
    with ExitStack() as exits:
        folder = Path(exits.enter_context(tempfile.TemporaryDirectory()))
        if backend == "sqlite":
            variables["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        else:
            variables["DATABASE_URL"] = exits.enter_context(postgresql_server())
        if backend == "celery":
            port = exits.enter_context(redis_server(folder))
            variables["CELERY_BROKER_URL"] = f"redis://127.0.0.1:{port}/0"
            variables["JOB_DELIVERY"] = "celery"
        running = Stack(folder, **variables)
        exits.callback(running.stop)
        yield running


def start(running: Stack, workers: int) -> None:
    running.start_worker(slots=workers)
    time.sleep(8)  # until its processes have loaded the engines


def measure(running: Stack, what: str, count: int) -> dict[str, float]:
    output = subprocess.run(
        [sys.executable, "-m", "benchmarks.queue_client", what, str(count)],
        cwd=PROJECT,
        env=running.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    result: dict[str, float] = json.loads(output.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
