"""Tests of the most demanding queries on PostgreSQL; the rest of the suite runs on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.tests.worker.faults.stack import postgresql_server

ROOT = Path(__file__).resolve().parents[3]
PARTS = ["models", "services", "api", "web", "operations/test_upgrade.py"]


def test_models_services_api_pages_and_upgrades() -> None:
    with postgresql_server() as url:
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
            + [f"app/tests/{part}" for part in PARTS],
            env={**os.environ, "DATABASE_URL": url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 0, result.stdout[-10_000:] + result.stderr[-2_000:]
    assert " passed" in result.stdout
