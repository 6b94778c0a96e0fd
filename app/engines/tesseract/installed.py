"""The way to call Tesseract on this machine, and its version."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from .program import Program


def installed_backend() -> str:
    """ "tesserocr" or "program"; "" where neither is installed."""
    if find_spec("tesserocr"):
        return "tesserocr"
    return "program" if find_spec("pytesseract") and Program.installed() else ""


@cache
def version(backend: str) -> str:
    """Such as "5.3.0"; backend: as installed_backend() names it."""
    if backend == "tesserocr":
        import tesserocr

        return str(tesserocr.tesseract_version()).split()[1]
    if backend == "program":
        import pytesseract

        return str(pytesseract.get_tesseract_version())
    return ""
