"""A site that was installed with the first release, updated over everything since."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from app.models import Job, SearchText, Status, Upload

FIRST = ("app", "0001_initial")
TEXT = "Rechnung über 12 €\n发票"


@pytest.fixture
def old(tmp_path, django_db_blocker) -> Iterator[str]:
    """The name of another database, which is empty."""
    is_file = connection.vendor == "sqlite"
    name = str(tmp_path / "old.sqlite3") if is_file else f"old_{uuid.uuid4().hex}"
    connections.databases["old"] = {**connections.databases["default"], "NAME": name}
    with django_db_blocker.unblock():
        if not is_file:
            run(f"CREATE DATABASE {name}")
        yield "old"
        connections["old"].close()
        if not is_file:
            run(f"DROP DATABASE {name}")
    del connections["old"], connections.databases["old"]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def migrate(name: str, *targets: tuple[str, str]) -> Any:
    """The models of that time."""
    executor = MigrationExecutor(connections[name])
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())
    return MigrationExecutor(connections[name]).loader.project_state(list(targets) or None).apps


def first_users(name: str) -> tuple[Any, list[uuid.UUID]]:
    """Somebody with a finished, a failed and a waiting job; the ids of the jobs."""
    apps = migrate(name, FIRST)
    users, uploads, jobs = (
        apps.get_model(*model).objects.using(name)
        for model in (("auth", "User"), ("app", "Upload"), ("app", "Job"))
    )
    owner = users.create(username="alice")
    ids = []
    for status in ("done", "failed", "queued"):
        file = {"name": f"{status}.png", "media_type": "image/png", "size": 1, "sha256": "0" * 64}
        upload = uploads.create(id=uuid.uuid4(), owner=owner, file=f"uploads/{status}.png", **file)
        job = jobs.create(
            id=uuid.uuid4(),
            upload=upload,
            owner=owner,
            engine="tesseract",
            status=status,
            text=TEXT if status == "done" else "",
            created_at=timezone.now(),
        )
        ids.append(job.pk)
    return owner.pk, ids


def test_entries_of_the_first_release_survive_every_migration(old):
    owner, ids = first_users(old)
    migrate(old)
    jobs = Job.objects.using(old).filter(owner_id=owner)
    assert {job.pk: job.status for job in jobs} == dict(
        zip(ids, [Status.DONE, Status.FAILED, Status.QUEUED], strict=True)
    )
    done = jobs.get(status=Status.DONE)
    assert done.text == TEXT
    assert done.upload.file.name == "uploads/done.png"
    assert Upload.objects.using(old).count() == 3


def test_entries_of_the_first_release_can_be_searched(old):
    _, ids = first_users(old)
    migrate(old)
    for words in ("rechnung", "ÜBER", "发票", "票", "done.png"):
        assert [job.pk for job in Job.objects.using(old).search(words)] == ids[:1], words


def test_lists_of_the_first_release_have_their_order(old):
    owner, ids = first_users(old)
    migrate(old)
    jobs = Job.objects.using(old).sorted_by("file_name")
    assert [job.file_name for job in jobs] == ["done.png", "failed.png", "queued.png"]
    assert {(job.file_size, job.media_type) for job in jobs} == {(1, "image/png")}
    texts = SearchText.objects.using(old).order_by("id")
    assert [text.job_id for text in texts] == sorted(ids)
    assert {text.scope for text in texts} == {owner}
