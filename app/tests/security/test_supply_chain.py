"""Shipped packages are locked by hash and listed in docs/sbom.json (`make sbom` writes it)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCKS = sorted(ROOT.glob("requirements*.txt"))
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)


def locked(path: Path) -> set[tuple[str, str]]:
    """Names as package indexes compare them, and versions."""
    found = REQUIREMENT.findall(path.read_text())
    return {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in found}


def test_bill_of_materials_lists_exactly_what_is_locked():
    components = json.loads((ROOT / "docs/sbom.json").read_text())["components"]
    listed = {(re.sub(r"[-_.]+", "-", it["name"]).lower(), it["version"]) for it in components}
    assert listed == locked(ROOT / "requirements.txt")
    assert len(listed) > 30


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_requirement_has_hashes(path):
    text = path.read_text()
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    unhashed = [block.split()[0] for block in blocks if "==" in block and "--hash=" not in block]
    assert unhashed == []
