from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import tarfile
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from app.migrations._replaced import REPLACED
from app.models import Job
from app.services.operations.backup.archive import Writer
from app.services.operations.backup.databases import newest_migration
from app.services.operations.worker_heartbeats import WorkerHeartbeat
from app.tests.factories import PASSWORD, make_job, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(tmp_path, settings):
    """A site of its own with one account, one entry and its file."""
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path / "data"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "secret_key").write_text("first key")
    make_job(make_user("alice"), text="Grüße 你好")
    return tmp_path


def media_hashes() -> dict[str, str]:
    root = Path(settings.MEDIA_ROOT)
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def database_rows() -> dict[str, list]:
    """Every row of every table; the search index has tables of its own."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if "cache" not in name and name != "app_search"
        ]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def backup(folder: Path) -> Path:
    path = folder / "site.tar"
    call_command("backup", str(path), verbosity=0)
    return path


def spoil_site() -> None:
    """Damage by an accident."""
    for path in Path(settings.MEDIA_ROOT).rglob("*.png"):
        path.write_bytes(b"overwritten")
    Path(settings.MEDIA_ROOT, "stray.png").write_bytes(b"new")
    Path(settings.DATA_DIR, "secret_key").write_text("second key")
    User.objects.all().delete()


def test_a_restored_site_has_the_same_files_and_rows(site):
    files, rows = media_hashes(), database_rows()
    path = backup(site)
    spoil_site()
    assert media_hashes() != files
    call_command("restore", str(path), verbosity=0)
    assert media_hashes() == files
    assert database_rows() == rows
    assert Path(settings.DATA_DIR, "secret_key").read_text() == "first key"
    assert User.objects.get(username="alice").check_password(PASSWORD)
    assert Job.objects.get().text == "Grüße 你好"
    assert Job.objects.search("你好 grüsse").exists()


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_else_behind(site):
    path = backup(site)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {entry.name for entry in site.iterdir()} == {"media", "data", "site.tar"}


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(b"\x89PNG") + 100] ^= 1
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def add_a_way_out(path: Path) -> None:
    with tarfile.open(path, "a") as tar:
        tar.add(__file__, "../outside")


def list_a_way_out(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        writer = Writer(tar)
        writer.add(Path(__file__), "../outside")
        writer.finish(database=connection.vendor, migration=newest_migration())


def add_a_link(path: Path) -> None:
    with tarfile.open(path, "a") as tar:
        link = tarfile.TarInfo("media/link.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/nowhere"
        tar.addfile(link)


HARMS = [damage, cut_off, add_a_way_out, list_a_way_out, add_a_link]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_backup_changes_nothing(site, harm):
    path = backup(site)
    harm(path)
    files, rows = media_hashes(), database_rows()
    with pytest.raises(CommandError):
        call_command("restore", str(path), "--replace", verbosity=0)
    assert (media_hashes(), database_rows()) == (files, rows)
    assert not list(site.rglob("outside"))


def backup_of(site, migration: str) -> Path:
    newest = "app.services.operations.backup.databases.newest_migration"
    with mock.patch(newest, return_value=migration):
        return backup(site)


@pytest.mark.parametrize("migration", ["9999_later", "0012_history_columns"])
def test_a_backup_of_a_newer_or_half_updated_version_changes_nothing(site, migration):
    path = backup_of(site, migration)
    files, rows = media_hashes(), database_rows()
    with pytest.raises(CommandError, match="newer version"):
        call_command("restore", str(path), "--replace", verbosity=0)
    assert (media_hashes(), database_rows()) == (files, rows)


def test_a_backup_of_the_version_before_is_taken(site):
    call_command("restore", str(backup_of(site, REPLACED[-1][1])), "--replace", verbosity=0)


def test_a_backup_that_fails_leaves_nothing_behind(site):
    with (
        mock.patch.object(Writer, "finish", side_effect=OSError(errno.ENOSPC, "No space left")),
        pytest.raises(CommandError, match="No space left"),
    ):
        backup(site)
    assert {entry.name for entry in site.iterdir()} == {"media", "data"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a fault of SQLite")
def test_a_database_that_has_no_room_for_its_copy_is_one_line(site):
    full = sqlite3.OperationalError("database or disk is full")
    copying = mock.patch("app.services.operations.backup.databases.closing", side_effect=full)
    with copying, pytest.raises(CommandError, match="disk is full"):
        backup(site)


def test_a_folder_that_cannot_be_read_is_not_left_out_silently(site):
    scandir = os.scandir

    def scandir_where_allowed(folder):
        if str(folder).startswith(str(site / "media")):
            raise PermissionError(errno.EACCES, "Permission denied", folder)
        return scandir(folder)

    with (
        mock.patch("os.scandir", scandir_where_allowed),
        pytest.raises(CommandError, match="Permission denied"),
    ):
        backup(site)


def test_a_backup_is_no_part_of_the_next_one(site):
    with pytest.raises(CommandError, match="MEDIA_ROOT"):
        backup(site / "media")


def test_what_is_no_upload_is_neither_saved_nor_deleted(site):
    odd = [site / "media" / name for name in ("lost+found", ".hidden", "draft.part")]
    for path in odd:
        path.mkdir()
        (path / "file").touch()
    call_command("restore", str(backup(site)), "--replace", verbosity=0)
    assert all((path / "file").exists() for path in odd)
    with tarfile.open(site / "site.tar") as tar:
        assert not [name for name in tar.getnames() if "file" in name]


def test_a_site_without_files_and_folders(site):
    shutil.rmtree(site / "media")
    path = backup(site)
    shutil.rmtree(site / "data")
    call_command("restore", str(path), "--replace", verbosity=0)
    assert Path(settings.DATA_DIR, "secret_key").read_text() == "first key"


def test_entries_are_not_replaced_by_accident(site):
    path = backup(site)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(path), verbosity=0)
    call_command("restore", str(path), "--replace", verbosity=0)
    assert Job.objects.count() == 1


def test_a_running_site_is_not_replaced(site):
    path = backup(site)
    WorkerHeartbeat(slots=1)()
    with pytest.raises(CommandError, match="running"):
        call_command("restore", str(path), "--replace", verbosity=0)
