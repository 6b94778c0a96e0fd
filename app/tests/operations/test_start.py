"""start.sh reports what stops it in one line. Python is a stub; app/tests/stack really starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

# `python manage.py <verb>`: records the verb, and fails while a file of that name exists.
# `python -m pip …` is recorded whole, with the contents of the file that it installs.
PYTHON = """#!/bin/sh
[ "$1" != -c ] || exit 0
if [ "$1" = -m ]; then
    for file; do :; done
    echo "$* $(grep -o '^[a-z]*==' "$file" 2>/dev/null | tr '\\n' ' ')" >>pip
    if [ "$3" = check ] && [ -e conflicts ]; then cat conflicts; exit 1; fi
    if [ -e does-not-compile ] && grep -q ^uwsgi== "$file" 2>/dev/null; then exit 1; fi
    exit 0
fi
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


def start(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["bash", "start.sh", *arguments],
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


def test_an_unknown_command_is_answered_with_those_there_are(project):
    refused = start(project, "tset")
    assert (refused.returncode, calls(project)) == (1, [])
    assert refused.stderr == "Usage: ./start.sh [serve|test|worker|container|install]\n"


# --- Locks ----------------------------------------------------------------------------------------

LOCK = "django==1 \\\n    --hash=sha256:0\nsetuptools==1 \\\n    --hash=sha256:0\n"
UWSGI = "uwsgi==1 \\\n    --hash=sha256:0\n"


def installs(project: Path) -> list[str]:
    """The packages of each call of pip install."""
    lines = (project / "pip").read_text().splitlines()
    assert all("--no-deps --require-hashes" in line for line in lines if " install " in line)
    return [line.split(".txt ")[1].strip() for line in lines if " install " in line]


def test_a_changed_lock_is_installed_as_it_is_and_once(project):
    (project / "requirements.txt").write_text(LOCK + UWSGI)
    assert start(project, "install").returncode == 0
    assert installs(project) == ["setuptools==", "django== setuptools==", "uwsgi=="]
    assert start(project, "install").returncode == 0
    assert len(installs(project)) == 3


def test_an_extra_lock_is_installed_besides(project):
    (project / "requirements-scale.txt").write_text("boto==1\n")
    assert start(project, "install", "requirements-scale.txt").returncode == 0
    assert installs(project) == ["boto=="]


def test_where_uwsgi_does_not_compile_its_wheel_is_installed(project):
    (project / "requirements.txt").write_text(LOCK + UWSGI)
    (project / "requirements-pyuwsgi.txt").write_text("pyuwsgi==1\n")
    (project / "does-not-compile").touch()
    done = start(project, "install")
    assert done.returncode == 0
    assert installs(project)[-1] == "pyuwsgi=="
    assert "uWSGI does not compile here" in done.stderr


def test_packages_that_do_not_fit_together_are_one_line(project):
    (project / "requirements.txt").write_text(LOCK)
    (project / "conflicts").write_text("a 1 has requirement b>2, but you have b 1.\nc needs d.\n")
    done = start(project, "install")
    assert done.returncode == 0
    [line] = [line for line in done.stderr.splitlines() if "fit together" in line]
    assert line.endswith(": a 1 has requirement b>2, but you have b 1.; c needs d.")


# A Python of that minor version; `-m venv` records which one made the environment.
OTHER_PYTHON = """#!/bin/sh
if [ "$1" = -m ]; then echo "$(basename "$0") $*" >made; exit; fi
[ "$3" -ge {minor} ]
"""


def add_python(project: Path, name: str, minor: int) -> None:
    program = project / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(OTHER_PYTHON.format(minor=minor))
    program.chmod(0o755)


@pytest.fixture
def broken(project: Path) -> Path:
    """The Python that the environment links to has been removed."""
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(project / "nowhere")
    return project


def test_an_environment_whose_python_is_gone_is_made_again(broken):
    add_python(broken, "python3", 13)
    start(broken, "install", PATH=f"{broken / 'bin'}:{os.environ['PATH']}")
    assert (broken / "made").read_text() == "python3 -m venv --clear .venv\n"


def test_a_python_that_the_locks_know_is_preferred_to_a_newer_one(broken):
    add_python(broken, "python3", 15)
    add_python(broken, "python3.14", 14)
    start(broken, "install", PATH=f"{broken / 'bin'}:{os.environ['PATH']}")
    assert (broken / "made").read_text() == "python3.14 -m venv --clear .venv\n"
