"""Isolation of tests from the site's own files, and from each other's."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.utils import translation
from PIL import ImageFont

from app.engines.tesseract.tessdata import find_tessdata
from app.recognition.libraries import configure_libraries
from app.services import installed

DEFAULT_ENVIRONMENT = ctypes.c_void_p(-1)  # FE_DFL_ENV of fenv.h


@pytest.fixture(autouse=True, scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Gives the tests of this process their own folder for files, sockets and results."""
    root = tmp_path_factory.mktemp("site")
    with override_settings(MEDIA_ROOT=root / "media", RUN_DIR=root / "run"):
        yield


@pytest.fixture(autouse=True, scope="session")
def uncollected_static_files() -> Iterator[None]:
    """Pages refer to static files by their names in the folder, so no `collectstatic` is needed."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True)
def exact_floats() -> None:
    """Undoes what an ONNX session of an earlier test did to this thread: it treats the smallest
    numbers for zero, and hypothesis refuses to work with such floats."""
    ctypes.CDLL(None).fesetenv(DEFAULT_ENVIRONMENT)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: in memory all threads of the live server would share one transaction."""
    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> None:
    """Makes tests that call engines in their own process read as a recognizing process does."""
    configure_libraries(threads=1)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Real password hashes take a tenth of a second each, on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def _no_earlier_health() -> None:
    """/health/ready repeats its answer for a second, so a test could get that of the one before."""
    from app.services.operations.health import CHECKS

    for check in CHECKS:
        check.expire()


@pytest.fixture(autouse=True)
def _no_earlier_language() -> None:
    """Django's test client leaves the language of its last request active."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_earlier_engines() -> None:
    """Tests add and remove languages and engines, which the site may notice seconds later."""
    installed.forget()


def require_program(name: str) -> Path:
    """The program's path. Skips the test where it is not installed; in CI it fails."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/postgresql/15/bin")
    if found is None:
        _cannot_run(f"{name} is not installed.")
    return Path(str(found))


def require_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of the system. Skips the test where it is not installed; in CI it fails."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        _cannot_run(f"{name} is not installed; ./start.sh test does that.")


def tessdata_with(folder: Path, *languages: str) -> Path:
    """The folder, made with links to the data of these languages as if no other were installed.

    Where one is missing the test is skipped, but in CI that is a failure.
    """
    folder.mkdir()
    installed = find_tessdata(None)
    for language in (*languages, "osd"):
        data = installed and installed / f"{language}.traineddata"
        if not data or not data.exists():
            _cannot_run(f"Tesseract's {language} is not installed; ./start.sh test does that.")
        (folder / f"{language}.traineddata").symlink_to(str(data))
    return folder


def _cannot_run(reason: str) -> NoReturn:
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)
