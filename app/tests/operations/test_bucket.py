"""Media in an unreachable bucket; skipped without requirements-scale.txt."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

UPLOADING = """
import json
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from app.models import Upload
from app.tests.factories import text_png

call_command("migrate", verbosity=0, skip_checks=True)
client = Client(SERVER_NAME="localhost", raise_request_exception=False)
answer = client.post("/api/ocr/", {"image": SimpleUploadedFile("a.png", text_png("Bucket"))})
ready = client.get("/health/ready").json()
print(json.dumps([answer.status_code, answer.json()["code"], ready["failed"]]))
assert not Upload.objects.exists()
"""


def test_nothing_is_accepted_and_the_reason_is_one_line_of_the_log(tmp_path):
    for library in ("boto3", "storages"):
        pytest.importorskip(library)
    environment = {
        "DATA_DIR": str(tmp_path),
        "RUN_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "onlineocr.settings",
        "MEDIA_S3_BUCKET": "files",
        "MEDIA_S3_ENDPOINT": "http://127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "some",
        "AWS_SECRET_ACCESS_KEY": "some",
        "AWS_MAX_ATTEMPTS": "1",
        "LOG_FORMAT": "json",
    }
    command = [sys.executable, "-c", UPLOADING]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == [503, "unavailable", ["media", "queue"]]
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert any("health: media" in line["message"] for line in lines)
