#!/usr/bin/env python
"""Resolve every requirements*.in into its lock file and print which versions changed.

Locked versions stay unless a requirement excludes them; `--upgrade` and `--upgrade-package NAME`
are passed on to uv. `make lock` and `make upgrade` call this.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Later ones are constrained by earlier ones (their -c lines), so the order matters.
ORDER = ("requirements", "requirements-dev")
# --universal: one file for every system and Python, with markers where they differ.
# --no-strip-extras: a lock names `pyjwt[crypto]` if a package requires that.
COMPILE = (
    "uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras "
    "--no-emit-index-url --no-emit-find-links --custom-compile-command"
).split()
# A pin with extras: its name, then the rest of its line and its lines of hashes.
EXTRAS = re.compile(r"^([\w.-]+)\[[^]]*\](==.*\n(?: +--hash=.*\n)+)", re.MULTILINE)
PIN = re.compile(r"^([\w.-]+)(\[[^]]*\])?==([^ \\]+)( ; [^\\]*\w[^\\ ]*)?", re.MULTILINE)


def main() -> None:
    before = {lock: pins(lock) for lock in map(lock_of, sources())}
    for source in sources():
        compile_lock(source, sys.argv[1:])
    moved = [line for lock, old in before.items() for line in changes(lock.name, old, pins(lock))]
    print("\n".join(moved) or "No locked version changed.")


def sources() -> list[Path]:
    found = ROOT.glob("requirements*.in")
    return sorted(found, key=lambda path: (path.stem not in ORDER, path.stem))


def lock_of(source: Path) -> Path:
    return source.with_suffix(".txt")


def compile_lock(source: Path, options: list[str]) -> None:
    """Compiles one lock, with relative names, because uv writes them into its comments."""
    uv = Path(sys.executable).with_name(COMPILE[0])
    files = [source.name, "--output-file", lock_of(source).name]
    command = [str(uv), *COMPILE[1:], "make lock", *options, *files]
    subprocess.run(command, cwd=ROOT, check=True)
    lock = lock_of(source)
    lock.write_text(with_plain_pins(lock.read_text(encoding="utf-8")), encoding="utf-8")


def with_plain_pins(text: str) -> str:
    """The lock with `pyjwt==…` beside `pyjwt[crypto]==…`.

    Before version 23.3, pip treats them as two packages, and a pin of one does not constrain the
    other.
    """
    return EXTRAS.sub(lambda found: f"{found[1]}{found[2]}{found[0]}", text)


def pins(lock: Path) -> dict[str, str]:
    """Name -> extras, version and marker of its pin, or of all its pins."""
    found: dict[str, str] = {}
    text = lock.read_text(encoding="utf-8") if lock.exists() else ""
    for name, extras, version, marker in PIN.findall(text):
        pin = f"{extras} {version}{marker}".strip()
        found[name] = f"{found[name]}, {pin}" if name in found else pin
    return found


def changes(lock: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name, "none"), new.get(name, "none")
        if before != after:
            yield f"{lock}: {name} {before} -> {after}"


if __name__ == "__main__":
    main()
