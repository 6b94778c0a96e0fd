"""A copy of the project that really runs: start.sh, uWSGI, the worker and nginx on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
from django.conf import settings

LINKED = "app onlineocr scripts static templates manage.py requirements.txt uwsgi.ini".split()
START_SECONDS = 300  # for a slow machine that other tests keep busy
STOP_SECONDS = 120


class Site:
    """Links to the code, but its own data. mode: serve or container, as in start.sh."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.folder = folder
        self.mode = mode
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.media = folder / "media"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        for name in LINKED:
            (self.folder / name).symlink_to(settings.BASE_DIR / name)
        # Not a link: start.sh works in the folder where it is.
        (self.folder / "start.sh").write_bytes((settings.BASE_DIR / "start.sh").read_bytes())
        (self.folder / "nginx.conf").write_text(self._nginx_conf())
        environment = self.folder / ".venv"
        environment.mkdir()
        for path in Path(sys.prefix).iterdir():
            (environment / path.name).symlink_to(path)
        # The packages of the lock are installed, or these tests would not run.
        (environment / "requirements.txt").unlink(missing_ok=True)
        (environment / "requirements.txt").symlink_to(settings.BASE_DIR / "requirements.txt")

    def _nginx_conf(self) -> str:
        text = (settings.BASE_DIR / "nginx.conf").read_text()
        assert "listen 80;" in text
        # Started by root, nginx would run as the user nobody, who cannot read a test's folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        return user + text.replace("listen 80;", f"listen 127.0.0.1:{self.port};")

    def start(self, **environment: str) -> None:
        folders = {
            "DATA_DIR": self.folder / "db",
            "MEDIA_ROOT": self.media,
            "RUN_DIR": self.folder / "run",
            "STATIC_ROOT": self.folder / "staticfiles",
        }
        self.process = subprocess.Popen(
            ["bash", "start.sh", self.mode],
            cwd=self.folder,
            env={
                **os.environ,
                **{name: str(path) for name, path in folders.items()},
                "PORT": str(self.port),
                "WORKERS": "1",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
        )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=5).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        raise AssertionError(f"The site did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Its exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def kill_what_is_left(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def processes(self) -> dict[int, str]:
        """Everything that was started for this site and still runs: id -> command line."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(path / "cwd") == str(self.folder):
                    found[int(path.name)] = (path / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return {pid: command for pid, command in found.items() if command}

    def wait_for_end(self, seconds: float = 10) -> dict[int, str]:
        """The processes that still run after the time limit; returns early once there are none."""
        deadline = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
