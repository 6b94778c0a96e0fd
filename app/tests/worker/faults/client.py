"""Submit jobs to the real queue and report their outcome; run as a process of its own."""

from __future__ import annotations

import json
import sys
from collections import Counter

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402

from app.models import Job, Page, Upload  # noqa: E402
from app.ocr.options import Options  # noqa: E402
from app.services.jobs.submit import submit as submit_job  # noqa: E402
from app.services.submission import uploads  # noqa: E402
from app.tests.factories import text_png  # noqa: E402


def submit(count: int, fault: str) -> None:
    for number in range(count):
        upload = uploads.store(
            content=ContentFile(text_png()), name=f"{number}.png", owner=None, max_bytes=10**6
        )
        submit_job(upload=upload, options=Options(whitelist=fault))


def report() -> dict[str, object]:
    rows = list(Job.objects.values_list("status", "error_code", "text"))
    return {
        "statuses": dict(Counter(status for status, _, _ in rows)),
        "errors": dict(Counter(error for _, error, _ in rows if error)),
        "texts": dict(Counter(text for _, _, text in rows)),
        "pages": Page.objects.count(),
        "files": sum(default_storage.exists(upload.file.name) for upload in Upload.objects.all()),
    }


if __name__ == "__main__":
    if sys.argv[1] == "submit":
        submit(int(sys.argv[2]), sys.argv[3])
    sys.stdout.write(json.dumps(report()))
