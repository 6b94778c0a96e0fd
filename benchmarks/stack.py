"""The real site (nginx, uWSGI, workers) in its own folder on loopback, for benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

START_SECONDS = 300  # the machine may be busy with other things

# Script that creates an account with entries and prints its token.
SEED = """
import sys
import django
django.setup()
from django.contrib.auth.models import User
from app.api.tokens import AccessToken
from benchmarks.entries import fill
owner = User.objects.create_user("load")
fill({owner: int(sys.argv[1])}, {owner: 1500})
print(AccessToken.for_user(owner))
"""


@contextmanager
def running_site(mode: str = "container", **environment: str) -> Iterator[object]:
    """A running Site of app/tests/stack; removed completely afterwards."""

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onlineocr.settings")
    from app.tests.stack import site as stack

    stack.START_SECONDS = START_SECONDS
    with tempfile.TemporaryDirectory(prefix="onlineocr-load-") as folder:
        site = stack.Site(Path(folder), mode)
        try:
            site.start(**environment)
            yield site
            site.stop()
        finally:
            site.kill_what_is_left()


def seed(site: object, entries: int, **environment: str) -> str:
    """Fills the site's history; returns its owner's bearer token."""

    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "onlineocr.settings",
        "PYTHONPATH": str(PROJECT),
        "DATA_DIR": str(site.folder / "db"),
        "MEDIA_ROOT": str(site.media),
        **environment,
    }
    command = [sys.executable, "-c", SEED, str(entries)]
    run = subprocess.run(command, env=variables, check=True, capture_output=True, text=True)
    return run.stdout.strip().splitlines()[-1]
