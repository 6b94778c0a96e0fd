"""Model files that come inside installed Python packages."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def package_folder(name: str) -> Path | None:
    """Folder of an installed package, without importing it."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None
