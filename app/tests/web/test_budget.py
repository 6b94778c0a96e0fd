"""Pages stay light: all styles and scripts of ours together, which no page loads all of."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

MOST_BYTES = 150_000
MOST_LINES = 150  # of one script


def source_files(pattern: str) -> list[Path]:
    found = sorted(Path(settings.BASE_DIR, "static").rglob(pattern))
    assert found
    return found


def test_styles_and_scripts_keep_the_budget():
    files = [*source_files("*.css"), *source_files("*.js")]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def test_scripts_stay_small():
    assert [
        p.name for p in source_files("*.js") if len(p.read_text().splitlines()) > MOST_LINES
    ] == []
