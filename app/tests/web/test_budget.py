"""Size limit of all our styles and scripts together; no page loads all of them.

The scanner's are loaded when it is first opened, so they have a limit of their own.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

# Sizes when compressed, as sent.
MOST_BYTES = 85_000
MOST_BYTES_OF_SCANNER = 20_000
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
    return sum(len(gzip.compress(path.read_bytes())) for path in files)


def test_scripts_stay_small():
    assert [
        p.name for p in source_files("*.js") if len(p.read_text().splitlines()) > MOST_LINES
    ] == []


# On the wire, compressed, for a browser that has nothing yet.
MOST_COMPRESSED = {"/": 150_000, "/developers/": 150_000, "/docs/": 600_000}


@pytest.mark.django_db
@pytest.mark.parametrize("address", MOST_COMPRESSED)
def test_pages_are_light_on_the_wire(client, address):
    page = client.get(address, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    sizes = {address: len(page.content)}
    for name in static_files(gzip.decompress(page.content).decode()):
        content = Path(finders.find(name)).read_bytes()
        is_text = name.endswith((".css", ".js", ".svg"))
        sizes[name] = len(gzip.compress(content)) if is_text else len(content)
    if address == "/docs/":
        description = client.get("/docs/swagger.json", headers={"Accept-Encoding": "gzip"})
        sizes["description"] = len(description.content)
    assert len(sizes) > 5
    assert sum(sizes.values()) < MOST_COMPRESSED[address], sizes


def static_files(page: str) -> set[str]:
    """Static files that a page names, and the modules that its scripts import."""
    waiting = re.findall(r'(?:href|src)="/static/([^"#]+)', page)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and not name.endswith(".png"):
            found.add(name)
            text = Path(finders.find(name)).read_text() if name.endswith(".js") else ""
            if "/js/" in f"/{name}":
                waiting += [f"js/{other}" for other in re.findall(r'from "\./([\w-]+\.js)"', text)]
    return found
