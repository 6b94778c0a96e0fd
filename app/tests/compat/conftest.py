"""A running site with an account, for clients that get only a URL and a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from app.tests.factories import PASSWORD
from app.tests.stack.conftest import site_folder
from app.tests.stack.site import Site

SITE_KEY = "testkey"


@dataclass(frozen=True, slots=True)
class Account:
    """url: of the site. key and aws_*: as returned by POST /api/keys/. login: HTTP Basic."""

    url: str
    login: tuple[str, str]
    key: str
    aws_access_key_id: str
    aws_secret_access_key: str


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with site_folder("serve") as site:
        site.start(APP_AUTH_TOKEN=SITE_KEY)
        yield site
        site.stop()


@pytest.fixture(scope="session")
def account(site: Site) -> Account:
    login = ("alice", PASSWORD)
    with httpx.Client(base_url=site.url, timeout=300) as client:
        client.post("/api/register/", json={"username": login[0], "password": login[1]})
        made = client.post("/api/keys/", json={"name": "clients"}, auth=login)
        assert made.status_code == 201, made.text
        shown = made.json()
    names = ("key", "aws_access_key_id", "aws_secret_access_key")
    return Account(site.url, login, **{name: shown[name] for name in names})
