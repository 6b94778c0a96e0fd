"""Service overhead of one small picture over HTTP: milliseconds by stage, processor time.

    python -m benchmarks.small_pictures [--rounds 40] [--engine tesseract]

Uses the real site (nginx, uWSGI, worker) on loopback. One picture at a time is uploaded, stored,
queued, recognized and answered; a pause after each lets the site make previews. Prints medians, and
minimums because the machine may be busy. Processor time is the mean of all rounds, with previews.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.memory import family, kind_of
from benchmarks.stack import running_site, seed
from benchmarks.traffic import pictures

WARM_ROUNDS = 8
PAUSE = 0.3  # seconds
# No reuse of results: every upload is recognized.
SITE = {"WORKERS": "1", "WEB_PROCESSES": "1", "RATE_ACCOUNT": "0", "REUSE_DAYS": "0"}
TICKS = os.sysconf("SC_CLK_TCK")
STAGES = {
    "all": "from sending to the answer",
    "recognition": "the recognizing process and the way to it",
    "service": "all but recognition",
    "taken in": "until the job is written",
    "claimed": "until a worker has it",
    "stored": "from the text to its row",
    "answered": "from there to the client",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--engine", default="tesseract")
    arguments = parser.parse_args()
    with running_site(**SITE) as site:
        headers = {"Authorization": f"Bearer {seed(site, 1)}"}
        with httpx.Client(base_url=site.url, headers=headers, timeout=60) as client:
            for number in range(WARM_ROUNDS):
                read(client, number, arguments.engine)
            before = processor_seconds(site)
            rounds = [read(client, number, arguments.engine) for number in range(arguments.rounds)]
            after = processor_seconds(site)
    print_stages(rounds)
    for kind, seconds in after.items():
        used = 1000 * (seconds - before.get(kind, 0)) / arguments.rounds
        print(f"Processor time, {kind}: {used:.1f} ms a picture")


def read(client: httpx.Client, number: int, engine: str) -> dict[str, float]:
    """Sends one picture; returns milliseconds by stage."""
    content = pictures()[number % len(pictures())]
    sent = time.time()
    files, fields = {"image": ("page.png", content)}, {"engine": engine, "cache": "false"}
    response = client.post("/api/ocr/", files=files, data=fields)
    answered = time.time()
    if response.status_code != 200:
        raise SystemExit(response.text)
    time.sleep(PAUSE)
    job = client.get(f"/api/jobs/{response.json()['id']}/").json()
    created, claimed, finished = (
        datetime.fromisoformat(job[name]).timestamp()
        for name in ("created_at", "started_at", "finished_at")
    )
    recognition = job["seconds"]
    parts = {
        "all": answered - sent,
        "recognition": recognition,
        "service": answered - sent - recognition,
        "taken in": created - sent,
        "claimed": claimed - created,
        "stored": finished - claimed - recognition,
        "answered": answered - finished,
    }
    return {name: 1000 * seconds for name, seconds in parts.items()}


def processor_seconds(site: Any) -> dict[str, float]:
    """Kind of process -> processor seconds that its processes have used so far."""
    used: dict[str, float] = {}
    for pid, command in family(site).items():
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        user, system = int(fields[11]), int(fields[12])
        used[kind_of(command)] = used.get(kind_of(command), 0) + (user + system) / TICKS
    return used


def print_stages(rounds: list[dict[str, float]]) -> None:
    print("| stage | median ms | least ms |\n|---|---|---|")
    for name, meaning in STAGES.items():
        found = [each[name] for each in rounds]
        print(f"| {name}: {meaning} | {median(found):.1f} | {min(found):.1f} |")


if __name__ == "__main__":
    main()
