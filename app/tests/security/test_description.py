"""Call every operation of the served API description as the description allows."""

from __future__ import annotations

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework_simplejwt.tokens import AccessToken

from .world import WorldTestCase, rolled_back

EXAMPLES = 12  # of each of some forty operations
EXISTING = {"history": "job", "jobs": "job", "batches": "batch", "keys": "key"}


@override_settings(RECOGNIZER="app.tests.worker.hostile.HostileRecognizer", SYNC_SECONDS=1)
class DescriptionTests(WorldTestCase):
    def setUp(self) -> None:
        super().setUp()
        # The test's transaction spans many requests, so none may close its connection.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        self.token = AccessToken.for_user(self.alice)

    def test_no_server_error(self) -> None:
        description = schemathesis.openapi.from_wsgi("/docs/swagger.json", get_wsgi_application())
        operations = [result.ok() for result in description.get_all_operations()]
        self.assertGreater(len(operations), 30)
        for operation in operations:
            with self.subTest(operation.label):
                self.call(operation)

    def call(self, operation: schemathesis.APIOperation) -> None:
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def calls(case: schemathesis.Case) -> None:
            # Existing ids reach more code than random ones; test_access.py tries those.
            noun = operation.path.strip("/").removeprefix("api/").partition("/")[0]
            if noun in EXISTING and "id" in case.path_parameters:
                case.path_parameters["id"] = str(self.names[EXISTING[noun]])
            case.headers["Authorization"] = f"Bearer {self.token}"
            case.query.pop("wait", None)
            with rolled_back():
                response = case.call()
            self.assertLess(response.status_code, 500, response.content)

        calls()
