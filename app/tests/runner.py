"""`manage.py test` runs the suite that `pytest` runs."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings


class PytestRunner:
    """Django's test runner interface. Labels are folders, files or dotted names."""

    def __init__(
        self,
        *,
        verbosity: int = 1,
        failfast: bool = False,
        keepdb: bool = False,
        test_name_patterns: list[str] | None = None,
        **options: Any,
    ) -> None:
        self.arguments = ["-v"] * (verbosity - 1) if verbosity else ["-q"]
        if failfast:
            self.arguments.append("-x")
        if keepdb:
            self.arguments.append("--reuse-db")
        if test_name_patterns:
            self.arguments += ["-k", " or ".join(test_name_patterns)]

    @classmethod
    def add_arguments(cls, parser: ArgumentParser) -> None:
        parser.add_argument("--keepdb", action="store_true", help="Keep the test database.")
        parser.add_argument(
            "-k", dest="test_name_patterns", action="append", help="Only tests whose name has this."
        )

    def run_tests(self, test_labels: list[str]) -> int:
        """1 if a test failed, else 0. A separate process, as tests have other settings."""
        command = [sys.executable, "-m", "pytest", *self.arguments, *map(_as_path, test_labels)]
        return int(subprocess.run(command, cwd=settings.BASE_DIR, check=False).returncode != 0)


def _as_path(label: str) -> str:
    """`app.tests.web.test_entry.EntryTests` -> `app/tests/web/test_entry.py::EntryTests`."""
    if "/" in label or label.endswith(".py"):
        return label
    parts = label.split(".")
    for length in range(len(parts), 0, -1):
        path = Path(settings.BASE_DIR, *parts[:length])
        if path.is_dir() or path.with_suffix(".py").is_file():
            file = path if path.is_dir() else path.with_suffix(".py")
            return "::".join([str(file.relative_to(settings.BASE_DIR)), *parts[length:]])
    return label
