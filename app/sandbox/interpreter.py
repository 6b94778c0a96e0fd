"""Command line of a sandboxed child process.

Both kinds of child start in the same way, with the site's Python and from the project's folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def command(module: str, *arguments: object) -> list[str]:
    """`python -m module arguments`, to be run in PROJECT with limits.environment()."""
    return [str(_python()), "-m", module, *map(str, arguments)]


def _python() -> Path:
    # In a process of uWSGI sys.executable is uWSGI; the environment's Python is beside it.
    if "uwsgi" in sys.modules:
        return Path(sys.prefix, "bin", "python")
    return Path(sys.executable)
