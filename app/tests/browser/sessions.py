from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page


def sign_in(tab: Page, client: Client, user: User) -> None:
    """Signs the tab in as this user, without the form."""
    client.force_login(user)
    session = client.cookies["sessionid"].value
    tab.goto("/")
    tab.context.add_cookies([{"name": "sessionid", "value": session, "url": tab.url}])
