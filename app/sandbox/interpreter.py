"""Command line of a sandboxed child process.

Both kinds of child start alike, with the site's Python and in the project's folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def command(module: str, *arguments: object) -> list[str]:
    """`python -m module arguments`, to be run in PROJECT with limits.environment()."""
    return [str(_python()), "-m", module, *map(str, arguments)]


def _python() -> Path:
    # Under uWSGI, sys.executable is uWSGI itself; the Python is in the environment's bin.
    if "uwsgi" in sys.modules:
        return Path(sys.prefix, "bin", "python")
    return Path(sys.executable)
