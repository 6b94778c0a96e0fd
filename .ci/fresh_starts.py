#!/usr/bin/env python
"""Start a fresh copy of the site on each other Python of this machine and read a picture with it.

The copies face the difficulties of real machines: a path with a space, no home folder, files that
only their owner can read, no UTF-8 locale, a time zone far from UTC, no git. Wheels come from pip's
cache.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parent.parent
OLDEST, NEWEST = 11, 14
PLACES = (*os.environ["PATH"].split(":"), *map(str, Path.home().glob(".pyenv/versions/*/bin")))
# Files that a checkout does not have, and tests, which a start does not need.
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".env", ".*_cache", "__pycache__", "db", "media", "run", "staticfiles", "tests"
)
TEXT = "Hello world 2026"
START_SECONDS = 600


def main() -> int:
    pythons = other_pythons()
    if not pythons:
        print("skipped fresh starts: no other Python from 3.11 to 3.14 is here", flush=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        return sum(pool.map(report, pythons, pythons.values()))


def report(minor: int, python: Path) -> bool:
    """Whether the start failed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fresh start ") as folder:
        problem = try_python(python, Path(folder))
    seconds = time.monotonic() - began
    result = "FAILED" if problem else "ok"
    print(
        f"{result:7} fresh start on Python 3.{minor} ({seconds:.0f} s)\n{problem}".strip(),
        flush=True,
    )
    return bool(problem)


def other_pythons() -> dict[int, Path]:
    """Minor version -> program, for each other Python that can make environments."""
    found: dict[int, Path] = {}
    for minor in range(OLDEST, NEWEST + 1):
        programs = (Path(place, f"python3.{minor}") for place in PLACES)
        usable = next((path for path in programs if can_make_environments(path)), None)
        if usable and minor != sys.version_info.minor:
            found[minor] = usable
    return found


def can_make_environments(program: Path) -> bool:
    if not program.is_file():
        return False
    command = [str(program), "-c", "import ensurepip"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def try_python(python: Path, folder: Path) -> str:
    """The problem with starting the site, or ""."""
    site = folder / "onlineocr"
    shutil.copytree(ROOT, site, ignore=LEFT_OUT)
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["bash", "./start.sh"],
            cwd=site,
            env=environment(python, folder, port),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            umask=0o077,
        )
        try:
            text = read_picture(process, f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)
    if text == TEXT:
        return ""
    return f"{python} read {text!r}.\n{(folder / 'log').read_text(errors='replace')[-4000:]}"


def environment(python: Path, folder: Path, port: int) -> dict[str, str]:
    """Environment variables whose PATH gives start.sh this python3."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(python)
    (programs / "git").symlink_to("/bin/false")
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    return {
        **kept,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PIP_CACHE_DIR": pip_cache(),
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "TZ": "Pacific/Kiritimati",
        "PORT": str(port),
        "WORKERS": "1",
    }


def pip_cache() -> str:
    command = [sys.executable, "-m", "pip", "cache", "dir"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def read_picture(process: subprocess.Popen[bytes], url: str) -> str | None:
    """The recognized text; None if the site ends or does not answer in time."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/health/ready", timeout=5).is_success:
                files = {"image": ("page.png", picture(), "image/png")}
                return str(
                    httpx.post(f"{url}/api/ocr/", files=files, timeout=120).json()["content"]
                )
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    return None


def picture() -> bytes:
    image, buffer = Image.new("RGB", (600, 120), "white"), BytesIO()
    font = ImageFont.load_default(48)
    ImageDraw.Draw(image).text((40, 30), TEXT, fill="black", font=font)
    image.save(buffer, "PNG")
    return buffer.getvalue()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
