"""start.sh says in one line what stops it. Python is a stub here; app/tests/stack really starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

# Called as `python manage.py <verb>`: notes the verb, and fails while a file of its name is there.
PYTHON = """#!/bin/sh
[ "$1" != -c ] || exit 0
echo "$2" >>calls
if [ -e "fails-$2" ]; then
    cat "fails-$2" >&2
    rm "fails-$2"
    exit 1
fi
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder where everything is installed already."""
    shutil.copy(settings.BASE_DIR / "start.sh", tmp_path)
    shutil.copytree(settings.BASE_DIR / "scripts", tmp_path / "scripts")
    for name in ("requirements.txt", ".venv/requirements.txt", "staticfiles/.collected"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for code in ("eng", "osd"):
        (tmp_path / f"{code}.traineddata").touch()
    (tmp_path / "static").mkdir()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir()
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


def start(project: Path, mode: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["bash", "start.sh", mode],
        cwd=project,
        env={**kept, "TESSDATA_PREFIX": str(project), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def calls(project: Path) -> list[str]:
    path = project / "calls"
    return path.read_text().split() if path.exists() else []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("WEB_PROCESSES", "0"),
        ("WEB_THREADS", "many"),
        ("EMBEDDED_WORKER", "yes"),
        ("MEDIA_ROOT", "/proc/nowhere"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_runs(project, name, value):
    refused = start(project, "serve", **{name: value})
    assert refused.returncode == 1
    last = refused.stderr.splitlines()[-1]
    assert value in last
    assert name in last or "another folder" in last
    assert calls(project) == []


def test_settings_of_a_file_from_windows_count(project):
    (project / ".env").write_bytes(b'DATA_DIR="data"\r\nRUN_DIR=sockets\r\n')
    assert start(project, "worker").returncode == 0
    assert {"data", "sockets", "media"} <= {path.name for path in project.iterdir()}


def test_a_further_worker_does_not_reload_the_site_that_runs(project):
    start(project, "worker")
    mark = project / "run" / "reload"
    os.utime(mark, (1, 1))
    assert start(project, "worker").returncode == 0
    assert mark.stat().st_mtime == 1


def test_a_second_start_says_that_the_port_is_taken(project):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = start(project, "serve", PORT=str(port))
    assert refused.returncode == 1
    assert f"already listens on 127.0.0.1:{port}" in refused.stderr
    assert calls(project) == []


def test_a_worker_says_why_it_waits_for_the_tables(project):
    (project / "fails-migrate").write_text("Traceback\nthe database is away\n")
    waited = start(project, "worker")
    assert "the database is away" in waited.stderr
    assert calls(project) == ["check", "migrate", "migrate", "worker"]


def test_a_worker_does_not_wait_with_a_mistake_in_the_settings(project):
    (project / "fails-check").write_text("WORKERS is 'two'\n")
    refused = start(project, "worker")
    assert (refused.returncode, refused.stderr) == (1, "WORKERS is 'two'\n")
    assert calls(project) == ["check"]
