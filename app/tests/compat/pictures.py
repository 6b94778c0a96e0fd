"""Pictures and bodies for the tests of several vendor APIs."""

from __future__ import annotations

import base64

from django.core.files.uploadedfile import SimpleUploadedFile

from app.tests.factories import image_file, text_png

LINES = "Django makes it easier\nto build better apps"


def page_png() -> bytes:
    return text_png(LINES)


def page_file(name: str = "page.png") -> SimpleUploadedFile:
    return image_file(name, page_png())


def page_base64() -> str:
    return base64.b64encode(page_png()).decode()
