"""Backup and restore on PostgreSQL, with its own tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from app.tests.conftest import require_program
from app.tests.worker.faults.stack import postgresql_server

# A table as a newer version may have made it: its rows refer to those of the backup.
BACKUP = """
from django.core.management import call_command
from django.db import connection
from app.models import Page
from app.tests.factories import make_job, make_user

call_command("migrate", verbosity=0)
make_job(make_user("alice"), text="Grüße 你好")
call_command("backup", "site.tar")
Page.objects.all().delete()
connection.cursor().execute("CREATE TABLE app_newer (job uuid REFERENCES app_job (id))")
connection.cursor().execute("CREATE TABLE somebody_elses (name text)")
"""
RESTORE = """
import json
from django.core.management import call_command
from django.db import connection
from app.models import Job, Page

call_command("restore", "site.tar", "--replace", verbosity=0)
found = [Job.objects.search("你好").count(), Page.objects.count()]
call_command("migrate", "--check")
tables = connection.introspection.table_names()
print(json.dumps([*found, "app_newer" in tables, "somebody_elses" in tables]))
"""


def run(code: str, folder: Path, database: str) -> str:
    """The output of a program of a site whose data are in the folder."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DATA_DIR": str(folder / "db"),
            "MEDIA_ROOT": str(folder / "media"),
            "DJANGO_SETTINGS_MODULE": "onlineocr.settings",
            "PYTHONPATH": str(settings.BASE_DIR),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.stack
def test_a_backup_takes_the_place_of_what_a_newer_version_has_made(tmp_path: Path) -> None:
    require_program("pg_dump")
    with postgresql_server() as database:
        run(BACKUP, tmp_path, database)
        *_, found = run(RESTORE, tmp_path, database).splitlines()
    assert json.loads(found) == [1, 1, False, True]
