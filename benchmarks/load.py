"""Mixed traffic against nginx, uWSGI and workers on loopback: errors, percentiles, memory.

    python -m benchmarks.load [--clients 1 8 64] [--seconds 300] [--database postgresql]

80 % history reads, 15 % small images, 5 % ten-page PDFs. Each client sends its next request when
the previous one is answered, or after a 202 when its job has ended. After a 429 or 503 it waits for
Retry-After, at most 2 s. The first minute does not count.
Prints tables for docs/benchmarks.md; exits with 1 if there was any other error.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.memory import Diary
from benchmarks.stack import running_site, seed
from benchmarks.traffic import KINDS, Traffic, percentile

# Long enough for every thread of the site to get work.
WARM_CLIENTS, WARM_SECONDS = 64, 60.0
# No limits per account, and no reuse of results: every upload is recognized.
SITE = {"WORKERS": "0", "RATE_ACCOUNT": "0", "QUOTA_ACCOUNT": "0", "REUSE_DAYS": "0"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--minute", type=float, default=60, help="seconds between lines on memory")
    arguments = parser.parse_args()
    with database(arguments.database) as environment, running_site(**SITE, **environment) as site:
        token = seed(site, arguments.entries, **environment)
        runs = asyncio.run(measure(site, token, arguments))
    print_answers(runs)
    errors = sorted({error for traffic in runs.values() for error in traffic.errors()})
    print("\nErrors:", ", ".join(errors) or "none but 429 and 503 with Retry-After")
    return 1 if errors else 0


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """Environment variables of a new database."""
    if name == "sqlite":
        yield {}
        return
    from app.tests.worker.faults.stack import postgresql_server

    with postgresql_server() as url:
        yield {"DATABASE_URL": url}


async def measure(site: Any, token: str, arguments: argparse.Namespace) -> dict[int, Traffic]:
    """Number of clients -> their traffic, measured one after the other on the same site."""
    await run(site, token, WARM_CLIENTS, WARM_SECONDS)
    runs = {}
    async with Diary(site, seconds=arguments.minute):
        for clients in arguments.clients:
            runs[clients] = await run(site, token, clients, arguments.seconds)
    return runs


async def run(site: Any, token: str, clients: int, seconds: float) -> Traffic:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(
        base_url=site.url, headers=headers, timeout=300, limits=limits
    ) as client:
        traffic = Traffic(client)
        await traffic.run(clients, seconds)
    return traffic


def print_answers(runs: dict[int, Traffic]) -> None:
    print("\n| clients | kind | requests | p50 s | p95 s | answers |\n|---|---|---|---|---|---|")
    for clients, traffic in runs.items():
        for kind in KINDS:
            seconds, answers = traffic.seconds[kind], traffic.answers[kind]
            cells = (
                f"{clients} | {kind} | {answers.total()} | {percentile(seconds, 0.5):.3f} | "
                f"{percentile(seconds, 0.95):.3f} | "
                + ", ".join(f"{number} x {name}" for name, number in answers.most_common())
            )
            print(f"| {cells} |")
    print("\n| clients | p95 of history to that of OCR |\n|---|---|")
    for clients, traffic in runs.items():
        print(f"| {clients} | {ratio(traffic):.3f} |")


def ratio(traffic: Traffic) -> float:
    """p95 of history reads divided by p95 of recognitions."""
    recognized = percentile([*traffic.seconds["image"], *traffic.seconds["pdf"]], 0.95)
    return percentile(traffic.seconds["history"], 0.95) / recognized if recognized else 0.0


if __name__ == "__main__":
    sys.exit(main())
