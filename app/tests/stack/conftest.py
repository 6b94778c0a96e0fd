from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from app.tests.conftest import require_program

from .site import Site

MODES = ["serve", "container"]


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """Empty tables and collected static files, which every site of these tests starts with."""
    with short_folder() as folder:
        static = folder / "staticfiles"
        places = {"DATA_DIR": str(folder / "db"), "STATIC_ROOT": str(static)}
        for command in ("migrate", "collectstatic"):
            subprocess.run(
                [sys.executable, "manage.py", command, "--no-input", "--skip-checks", "-v0"],
                cwd=settings.BASE_DIR,
                env={**os.environ, **places},
                check=True,
            )
        (static / ".collected").touch()
        yield folder


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder with a short path: sockets are limited to 107 bytes, which pytest's may exceed."""
    folder = Path(tempfile.mkdtemp(prefix="onlineocr-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def site_folder(mode: str, prepared: Path | None = None) -> Iterator[Site]:
    """A site that is not started yet; nothing of it is left afterwards."""
    if mode == "container":
        require_program("nginx")
    with short_folder() as folder:
        if prepared:
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
            (folder / "db" / "secret_key").unlink()
        site = Site(folder, mode)
        try:
            yield site
        finally:
            site.kill_what_is_left()


@pytest.fixture(scope="session", params=MODES)
def running_site(request: pytest.FixtureRequest, prepared: Path) -> Iterator[Site]:
    """The whole site: without nginx, as a newcomer starts it, and with nginx, as in the image."""
    with site_folder(request.param, prepared) as site:
        site.start()
        yield site
        site.stop()


@pytest.fixture(params=MODES)
def stopped_site(request: pytest.FixtureRequest, prepared: Path) -> Iterator[Site]:
    with site_folder(request.param, prepared) as site:
        yield site
