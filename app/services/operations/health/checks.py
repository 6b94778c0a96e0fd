"""The checks of /health/ready."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from app.models import Job, Worker
from app.recognition.catalog import engine_catalog, engine_faults
from app.services.engine_settings import engine_config

from .check import Check, CheckFailed


def failures() -> list[str]:
    """Names of the checks that fail now; empty if the site is ready."""
    return [check.name for check in CHECKS if not check.passes()]


def warnings() -> list[str]:
    """Problems of a site that is ready nevertheless: model files with a wrong checksum."""
    return list(engine_faults(engine_config()))


def database() -> None:
    """The database answers and has its tables. Workers' heartbeats show that it accepts new
    rows."""
    Job.objects.exists()


def media() -> None:
    """Uploads can be stored: the folder has room for a new file, or the bucket answers."""
    if settings.MEDIA_S3_BUCKET:
        default_storage.exists(".health")
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(prefix=".health-", dir=folder) as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())


def engine() -> None:
    """An engine and its data are installed. Loads no model."""
    if not any(entry.available and entry.languages for entry in engine_catalog(engine_config())):
        raise CheckFailed("no engine with a language is available")


def queue() -> None:
    """A worker on any machine has sent a heartbeat."""
    if settings.JOB_RUNNER != "inline" and not Worker.objects.alive().exists():
        raise CheckFailed("no worker is running")


CHECKS = tuple(Check(action.__name__, action) for action in (database, media, engine, queue))
