"""The one error type of the domain: every layer above turns it into its own shape."""

from __future__ import annotations


class OcrError(Exception):
    """A failure the person or program that asked can be told about.

    code: short snake_case name, stable, part of the API (docs/api.md lists them all).
    message: one sentence for people that says what to do.
    permanent: trying the same input again cannot help.
    """

    def __init__(self, code: str, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.permanent = permanent


class EngineCrashed(Exception):
    """The process that read the page died: a fault of the engine, perhaps of the file."""
