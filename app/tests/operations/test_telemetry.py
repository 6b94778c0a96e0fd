"""What goes to Sentry and OpenTelemetry; skipped without requirements-observability.txt."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.services.operations import telemetry

VISIT = "/metrics/wrong-" + "s" * 40 + "?password=query-secret"


FAILING = """
import django
django.setup()
import sentry_sdk
from app import telemetry

class Printed(sentry_sdk.transport.Transport):
    def capture_envelope(self, envelope):
        print(*(item.get_bytes().decode() for item in envelope.items))

def read():
    recognized = "the text of a passport".upper()
    raise ValueError(len(recognized))

telemetry.start_sentry("https://key@sentry.invalid/1", transport=Printed)
try:
    read()
except ValueError:
    sentry_sdk.capture_exception()
"""


def test_an_error_goes_to_sentry_without_what_was_read():
    pytest.importorskip("sentry_sdk")
    sent = run_python(FAILING)
    assert '"ValueError"' in sent
    assert "PASSPORT" not in sent


def test_of_a_request_sentry_gets_the_path_only():
    event = {
        "transaction": VISIT,
        "request": {"url": f"https://site{VISIT}", "method": "GET", "headers": {"Cookie": "c"}},
    }
    assert telemetry.without_secrets(event, {}) == {
        "transaction": "***",
        "request": {"url": "https://site/metrics/***", "method": "GET"},
    }


TRACED = """
import sys, django
django.setup()
from django.test import Client
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from app import telemetry
exporter = InMemorySpanExporter()
provider = telemetry.start_opentelemetry(exporter)
Client(SERVER_NAME="localhost").get(sys.argv[1])
provider.force_flush()
print([span.to_json(indent=None) for span in exporter.get_finished_spans()])
"""


def run_python(code: str, *arguments: str) -> str:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "onlineocr.settings", "DEBUG": "1"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, check=True, text=True
    ).stdout


def test_a_trace_has_the_path_without_query_and_secrets():
    pytest.importorskip("opentelemetry.instrumentation.django")
    spans = run_python(TRACED, VISIT)
    assert "/metrics/***" in spans
    assert "ssss" not in spans
    assert "query-secret" not in spans


def test_nothing_is_imported_that_no_setting_asks_for():
    code = "import sys, django; django.setup(); print(*sys.modules)"
    modules = run_python(code).split()
    assert "app.services.operations.telemetry" in modules
    assert not {"sentry_sdk", "opentelemetry.sdk"} & set(modules)
