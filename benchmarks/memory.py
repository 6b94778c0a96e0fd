"""Memory of a running site by kind of process, and its change over time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Protocol

from app.tests.worker.faults.stack import children

# Part of the command line -> kind of process; the first match counts.
KINDS = {
    "app.worker.child": "recognizers",
    "manage.py worker": "worker",
    "nginx": "nginx",
    "uwsgi": "web",
}
COLUMNS = ("web", "worker", "recognizers", "nginx", "other", "all")


class Processes(Protocol):
    def processes(self) -> dict[int, str]:
        """Process id -> command line."""


def memory(site: Processes) -> int:
    """Sum of the site's processes' proportional set sizes in MB: shared pages count once."""
    return memory_by_kind(site)["all"]


def memory_by_kind(site: Processes) -> dict[str, int]:
    """Proportional set size in MB of each of COLUMNS."""
    kilobytes = dict.fromkeys(COLUMNS, 0)
    for pid, command in family(site).items():
        size = _pss(pid)
        kilobytes[kind_of(command)] += size
        kilobytes["all"] += size
    return {kind: size // 1024 for kind, size in kilobytes.items()}


def family(site: Processes) -> dict[int, str]:
    """Process id -> command line, including child processes that run in another folder."""
    found = site.processes()
    for pid in [child for parent in found for child in children(parent)]:
        found.setdefault(pid, _command(pid))
    return found


def kind_of(command: str) -> str:
    return next((kind for part, kind in KINDS.items() if part in command), "other")


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _pss(pid: int) -> int:
    """Proportional set size in kB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class Diary:
    """Context that prints a row of memory at its start, every `seconds`, and at its end."""

    def __init__(self, site: Processes, *, seconds: float = 60) -> None:
        self.site = site
        self.seconds = seconds

    async def __aenter__(self) -> None:
        self.begun = time.monotonic()
        print("\n| minute | " + " | ".join(f"{kind} MB" for kind in COLUMNS) + " |")
        print("|---" * (len(COLUMNS) + 1) + "|")
        self.task = asyncio.create_task(self._write())

    async def __aexit__(self, *error: object) -> None:
        self.task.cancel()
        self._line()

    async def _write(self) -> None:
        while True:
            self._line()
            await asyncio.sleep(self.seconds)

    def _line(self) -> None:
        minutes = (time.monotonic() - self.begun) / 60
        sizes = memory_by_kind(self.site).values()
        print(f"| {minutes:.1f} | " + " | ".join(map(str, sizes)) + " |", flush=True)
