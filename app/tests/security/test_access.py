"""Access to entries of others is refused at every URL, by session, token and key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from app.models import Job, Share

from . import access_table
from .world import WorldTestCase, all_routes, rolled_back, shows_alices

ADMIN = "admin/"
CHANGING = ("post", "patch", "put", "delete")
# The actors behind each column of the table; see the comments there.
PAGE_COLUMNS = (
    ("anonymous", "stranger by token", "owner by token", "staff by token", "ocr key"),
    ("stranger",),
    ("owner",),
    ("staff",),
)
API_COLUMNS = (
    ("anonymous",),
    ("stranger", "stranger by token"),
    ("owner", "owner by token"),
    ("staff", "staff by token"),
    ("ocr key",),
    ("history key",),
)
CONTRACT_COLUMNS = (("anonymous", "stranger", "owner", "staff"), ("ocr key",), ("history key",))


class Row(NamedTuple):
    method: str
    path: str
    answers: list[str]
    columns: tuple[tuple[str, ...], ...]

    def expected(self) -> Iterator[tuple[str, int, bool]]:
        """Actor, status, and whether the answer shows something of Alice's."""
        for actors, answer in zip(self.columns, self.answers, strict=True):
            for actor in actors:
                yield actor, int(answer[:3]), answer.endswith("*")


def rows(text: str, columns: tuple[tuple[str, ...], ...]) -> Iterator[Row]:
    for line in text.splitlines():
        if match := re.match(r"(GET|POST|PATCH|DELETE) +(/\S*) +(.*)", line):
            yield Row(match[1].lower(), match[2], match[3].split(), columns)


ROWS = [
    *rows(access_table.PAGES, PAGE_COLUMNS),
    *rows(access_table.API, API_COLUMNS),
    *rows(access_table.CONTRACTS, CONTRACT_COLUMNS),
]


class IsolationTests(WorldTestCase):
    def address(self, row: Row) -> str:
        return row.path.format(**self.names)

    def test_every_url_is_in_the_table(self) -> None:
        classified = {resolve(self.address(row).partition("?")[0]).route for row in ROWS}
        unclassified = {route for route in all_routes() if not route.startswith(ADMIN)}
        self.assertEqual(unclassified - classified, set(), "Add these to access_table.py")

    def test_everybody_is_answered_as_the_table_says(self) -> None:
        clients = {name: make() for name, make in self.clients().items()}
        for row in ROWS:
            for actor, status, shown in row.expected():
                with self.subTest(f"{row.method} {row.path} {actor}"), rolled_back():
                    options = {"content_type": "application/json"} if row.method == "patch" else {}
                    response = getattr(clients[actor], row.method)(self.address(row), **options)
                    self.assertEqual(response.status_code, status)
                    self.assertEqual(shows_alices(response), shown)
                # Without notices that an earlier request left for the next page.
                clients[actor].cookies.pop("messages", None)

    def test_strangers_change_nothing_whatever_method_they_try(self) -> None:
        strangers = ("anonymous", "stranger", "stranger by token", "stranger by key")
        clients = {name: self.clients()[name]() for name in strangers}
        before = self.possessions()
        for row in ROWS:
            for actor in strangers if "/api/" in row.path else strangers[:2]:
                for method in CHANGING:
                    with self.subTest(f"{method} {row.path} {actor}"), rolled_back():
                        data = {"id": str(self.job.pk), "ids": [str(self.job.pk)], "title": "x"}
                        response = getattr(clients[actor], method)(
                            self.address(row), data, content_type="application/json"
                        )
                        self.assertLess(response.status_code, 500)
                        self.assertEqual(self.possessions(), before)

    def test_strangers_choose_others_entries_in_vain(self) -> None:
        """Pages that act on many entries take their ids from a form."""
        before = self.possessions()
        for actor in ("anonymous", "stranger"):
            client = self.clients()[actor]()
            for path in ("many/", "trash/restore/", "trash/delete/"):
                for action in ("discard", "again", "export"):
                    with self.subTest(f"{path} {action} {actor}"):
                        form = {"id": [str(self.job.pk)], "action": action, "format": "txt"}
                        response = client.post(f"/history/{path}", form, follow=True)
                        self.assertFalse(shows_alices(response))
                        self.assertEqual(self.possessions(), before)

    def possessions(self) -> dict[str, Any]:
        """Rows of Alice that could be changed or deleted."""
        self.alice.refresh_from_db()
        return {
            "account": (self.alice.username, self.alice.password, self.alice.email),
            "jobs": list(Job.objects.filter(owner=self.alice).values()),
            "files": [
                default_storage.exists(job.upload.file.name) for job in self.alice.jobs.all()
            ],
            "texts": list(self.job.pages.values("text", "corrected_text")),
            "shares": list(Share.objects.values()),
            "keys": list(self.alice.api_keys.values()),
            "batches": list(self.alice.batches.values()),
        }


class AdminTests(WorldTestCase):
    """The admin site is for staff, and even for them only with the permission."""

    def routes(self) -> Iterator[str]:
        for route in all_routes():
            if route.startswith(ADMIN) and not route.endswith("$") and "logout" not in route:
                yield "/" + re.sub("<[^>]+>", "1", route)

    def test_nobody_else_gets_past_the_door(self) -> None:
        for actor in ("anonymous", "stranger", "owner", "owner by token", "ocr key"):
            client = self.clients()[actor]()
            for path in self.routes():
                with self.subTest(f"{path} {actor}"):
                    response = client.get(path)
                    self.assertIn(response.status_code, (302, 403))
                    self.assertRegex(
                        response.get("Location", "/"), "^/((admin|account)/login/.*)?$"
                    )

    def test_staff_without_permissions_see_no_rows(self) -> None:
        client = self.clients()["staff"]()
        for path in self.routes():
            with self.subTest(path), rolled_back():
                self.assertFalse(shows_alices(client.get(path)))


class UrlTests(WorldTestCase):
    def test_ids_of_other_kinds_find_nothing(self) -> None:
        """An id is looked up only among objects of the URL's kind."""
        client = self.clients()["owner by token"]()
        for path in ("/api/keys/{job}/", "/api/batches/{key}/", "/api/history/{batch}/"):
            self.assertEqual(client.get(path.format(**self.names)).status_code, 404, path)

    def test_media_folder_is_not_served(self) -> None:
        client = self.clients()["owner"]()
        self.assertEqual(client.get(f"/media/{self.job.upload.file.name}").status_code, 404)
        with self.assertRaises(Resolver404):
            resolve(f"/media/{self.job.upload.file.name}")

    def test_ids_cannot_be_counted_through(self) -> None:
        self.assertEqual(UUID(str(self.job.pk)).version, 7)
        self.assertGreaterEqual(len(self.names["share"]), 22)
