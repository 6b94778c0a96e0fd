"""Alice's data, every kind of caller who might want to see it, and every URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from rest_framework_simplejwt.tokens import AccessToken

from app.compat.docling.options import AnswerForm
from app.models import Batch, BatchItem, Scope, Webhook
from app.services.accounts import api_keys
from app.services.history import corrections, shares
from app.tests.base import SiteTestCase
from app.tests.factories import draw_pictures, make_job

# A string in all of Alice's data that could show: text, title, file name, names of keys.
MARKER = "Xanthippe"
FORMAT_SUFFIX = re.compile(r"\\\.\(\?P<format>|<drf_format_suffix:format>")


class WorldTestCase(SiteTestCase):
    """Fills {job}, {share} and so on in a path; `clients()` are the actors."""

    def setUp(self) -> None:
        super().setUp()
        self.job = make_job(
            self.alice, text=f"{MARKER} text", name=f"{MARKER}.png", title=f"{MARKER} title"
        )
        other = make_job(self.alice, text=MARKER, name=f"{MARKER}-2.png")
        corrections.correct_page(job=self.job, number=1, text=f"{MARKER} corrected")
        visitors = make_job(text=MARKER, name=f"{MARKER}.png", visitor="visitor-secret")
        batch = Batch.objects.create(owner=self.alice, name=MARKER)
        BatchItem.objects.create(batch=batch, number=1, job=other, file_name=f"{MARKER}.png")
        for target in ({"job": self.job}, {"batch": batch}):
            Webhook.objects.create(
                owner=self.alice, url="https://example.org/", site_url="http://testserver", **target
            )
        draw_pictures(self.job)
        share = shares.create(job=self.job, days=1)
        self.key = api_keys.create(owner=self.alice, name=MARKER)[0]
        self.names = {
            "job": self.job.pk,
            "other": other.pk,
            "visitors": visitors.pk,
            "batch": batch.pk,
            "key": self.key.pk,
            "share": share.token,
            "locked": shares.create(job=self.job, days=1, password="open sesame").token,
            "share_number": share.pk,
            "revision": self.job.revisions.first().pk,
            "form": AnswerForm().signed(),
        }

    def clients(self) -> dict[str, Callable[[], Client]]:
        return {
            "anonymous": Client,
            "stranger": lambda: session(self.charlie),
            "stranger by token": lambda: bearer(AccessToken.for_user(self.charlie)),
            "stranger by key": lambda: bearer(api_keys.create(owner=self.charlie, name="k")[1]),
            "owner": lambda: session(self.alice),
            "owner by token": lambda: bearer(AccessToken.for_user(self.alice)),
            "ocr key": lambda: bearer(make_key(self.alice, Scope.OCR)),
            "history key": lambda: bearer(make_key(self.alice, Scope.HISTORY)),
            "staff": lambda: session(self.bob),
            "staff by token": lambda: bearer(AccessToken.for_user(self.bob)),
        }


def make_key(owner: Any, scope: Scope) -> str:
    return api_keys.create(owner=owner, name="k", scopes=[scope])[1]


def session(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def bearer(token: object) -> Client:
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})


def shows_alices(response: Any) -> bool:
    """True if the body or a header of the answer contains any of her data."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return MARKER in content.decode(errors="replace") or MARKER in str(response.headers)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undoes all changes that requests make in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def all_routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """As ResolverMatch.route names them; a path's variant with `.json` is no route of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + (
            str(pattern.pattern).removeprefix("^") if before else str(pattern.pattern)
        )
        if not isinstance(pattern, URLPattern):
            yield from all_routes(pattern.url_patterns, route)
        elif not FORMAT_SUFFIX.search(route):
            yield route
