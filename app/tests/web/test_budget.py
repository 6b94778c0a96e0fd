"""Pages stay light: all styles and scripts of ours together, which no page loads all of.

The scanner's come when it is opened first, so they have a budget of their own.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

MOST_BYTES = 150_000
MOST_BYTES_OF_SCANNER = 60_000
MOST_LINES = 150  # of one script


def source_files(pattern: str) -> list[Path]:
    found = sorted(Path(settings.BASE_DIR, "static").rglob(pattern))
    assert found
    return found


def test_styles_and_scripts_keep_the_budget():
    files = {*source_files("*.css"), *source_files("*.js")}
    scanner = {path for path in files if "scanner" in (path.parent.name, path.stem)}
    assert size(scanner) < MOST_BYTES_OF_SCANNER
    assert size(files - scanner) < MOST_BYTES


def size(files: set[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def test_scripts_stay_small():
    assert [
        p.name for p in source_files("*.js") if len(p.read_text().splitlines()) > MOST_LINES
    ] == []
