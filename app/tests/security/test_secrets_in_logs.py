"""No log line contains a secret or a recognized text, whatever the outcome of the request."""

from __future__ import annotations

import logging

from django.test import Client, override_settings

from app.logs.config import JsonFormatter
from app.logs.context import AddContext
from app.services.accounts import api_keys
from app.tests.factories import PASSWORD, image_file

from .world import MARKER, WorldTestCase


class Collector(logging.Handler):
    """Every record as the site writes it, in JSON, the most detailed form."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.addFilter(AddContext())
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@override_settings(LOG_FORMAT="json")
class LogTests(WorldTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.collector = Collector()
        root = logging.getLogger()
        for logger in (root, *map(logging.getLogger, ("django.request", "axes", "app"))):
            level = logger.level
            logger.addHandler(self.collector)
            logger.setLevel(logging.INFO)
            self.addCleanup(logger.setLevel, level)
            self.addCleanup(logger.removeHandler, self.collector)

    def test_requests_with_secrets(self) -> None:
        _, key = api_keys.create(owner=self.alice, name="k", scopes=["history"])
        share, visitors = self.names["share"], self.names["visitors"]
        client = Client(raise_request_exception=False)
        requests = (
            ("get", f"/api/jobs/{visitors}/?visitor=visitor-secret", {}),
            ("get", f"/api/jobs/{visitors}/?visitor=visitor-secret2", {}),
            ("get", f"/s/{share}/", {}),
            ("get", f"/s/{share}/nothing/", {}),
            ("get", f"/account/invitation/{share}/", {}),
            ("post", f"/image_label?key={key}", {}),
            ("post", f"/{key}", {"image": image_file()}),
            ("post", "/account/login/", {"login": "alice", "password": "wrong-secret"}),
            ("post", "/api/token_obtain_pair/", {"username": "alice", "password": PASSWORD}),
        )
        for method, path, data in requests:
            getattr(client, method)(path, data)
        written = "\n".join(self.collector.lines)
        for secret in ("visitor-secret", share, key, "wrong-secret", PASSWORD, MARKER):
            self.assertNotIn(secret, written)
        self.assertIn("/api/jobs/", written)  # otherwise nothing was collected at all
