"""Updates from the version before 2.0.0: entries survive, tables become those of a new site."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from app.models import Batch, Job, Page, SearchText, Status, Upload, Webhook
from app.models.search import searchable

from .old_database import empty_database, make_old_tables, migrate, old_models, schema

TEXT = "Rechnung über 12 €\n发票"


@pytest.fixture
def old(tmp_path, django_db_blocker) -> Iterator[str]:
    """The alias of a second database, with the tables of the old version."""
    with django_db_blocker.unblock(), empty_database("old", tmp_path) as alias:
        make_old_tables(alias)
        yield alias


@pytest.fixture
def new(tmp_path, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), empty_database("new", tmp_path) as alias:
        migrate(alias)
        yield alias


class Entries:
    """An account with a finished, a failed and a waiting job, a batch and a webhook."""

    def __init__(self, alias: str) -> None:
        self.alias, self.apps = alias, old_models(alias)
        self.owner = self.create("auth.User", username="alice")
        jobs = [self.job(status) for status in ("done", "failed", "queued")]
        self.ids = [job.pk for job in jobs]
        self.create("app.Page", job=jobs[0], number=1, width=1, height=1, text=TEXT, tree={"v": 1})
        batch = self.create("app.Batch", owner=self.owner, name="March")
        self.create("app.BatchItem", batch=batch, number=1, job=jobs[0])
        self.create("app.Webhook", owner=self.owner, batch=batch, url="https://example.org/")

    def create(self, model: str, **fields: Any) -> Any:
        return self.apps.get_model(model).objects.using(self.alias).create(**fields)

    def job(self, status: str) -> Any:
        file = {"name": f"{status}.png", "media_type": "image/png", "size": 1, "sha256": "0" * 64}
        upload = self.create(
            "app.Upload",
            id=uuid.uuid4(),
            owner=self.owner,
            file=f"uploads/{status}.png",
            **file,
        )
        job = self.create(
            "app.Job",
            id=uuid.uuid4(),
            upload=upload,
            owner=self.owner,
            file_name=upload.name,
            file_size=upload.size,
            media_type=upload.media_type,
            engine="tesseract",
            status=status,
            tags=["tax"],
            text=TEXT if status == "done" else "",
            created_at=timezone.now(),
        )
        text = searchable(f"{job.file_name}\n\n{job.text}")
        self.create("app.SearchText", job=job, scope=self.owner.pk, text=text)
        return job


def test_entries_survive(old):
    entries = Entries(old)
    migrate(old)
    jobs = Job.objects.using(old).filter(owner_id=entries.owner.pk)
    assert {job.pk: job.status for job in jobs} == dict(
        zip(entries.ids, [Status.DONE, Status.FAILED, Status.QUEUED], strict=True)
    )
    done = jobs.get(status=Status.DONE)
    assert (done.text, done.tags) == (TEXT, ["tax"])
    assert done.upload.file.name == "uploads/done.png"
    assert done.upload.media_type == "image/png"
    assert Upload.objects.using(old).count() == 3
    assert Page.objects.using(old).get().job_id == done.pk
    assert Batch.objects.using(old).get().items.get().job_id == done.pk
    assert Webhook.objects.using(old).get().batch.name == "March"


def test_entries_can_be_searched(old):
    entries = Entries(old)
    migrate(old)
    for words in ("rechnung", "ÜBER", "发票", "票", "done.png"):
        found = Job.objects.using(old).search(words, entries.owner.pk)
        assert [job.pk for job in found] == entries.ids[:1], words


def test_new_texts_are_indexed_once(old):
    entries = Entries(old)
    migrate(old)
    text = SearchText.objects.using(old).get(job=entries.ids[0])
    text.text = searchable("Quittung")
    text.save(using=old)
    jobs = Job.objects.using(old)
    assert [job.pk for job in jobs.search("quittung")] == entries.ids[:1]
    assert not jobs.search("rechnung").exists()


def test_lists_have_their_order(old):
    Entries(old)
    migrate(old)
    jobs = Job.objects.using(old).sorted_by("file_name")
    assert [job.file_name for job in jobs] == ["done.png", "failed.png", "queued.png"]


def test_tall_pages_are_drawn_again_in_strips(old):
    entries = Entries(old)
    wide, tall = entries.job("done"), entries.job("done")
    for job, height in ((wide, 1400), (tall, 4000)):
        entries.create("app.Page", job=job, number=1, width=1000, height=height, tree={"v": 1})
        entries.apps.get_model("app.Job").objects.using(old).filter(pk=job.pk).update(
            previewed=True
        )
    migrate(old)
    drawn = Job.objects.using(old).filter(previewed=True)
    assert [job.pk for job in drawn] == [wide.pk]


def test_an_updated_database_has_the_tables_of_a_new_one(old, new):
    Entries(old)
    assert schema(old) != schema(new)
    migrate(old)
    assert schema(old) == schema(new)


def test_a_half_updated_database_is_refused_and_left_alone(old):
    recorder = MigrationRecorder(connections[old])
    recorder.record_unapplied("app", "0017_background_indexes")
    before = schema(old)
    with pytest.raises(CommandError, match="0017_background_indexes is missing"):
        migrate(old)
    assert schema(old) == before
