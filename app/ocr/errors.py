"""The one error type of the domain: every layer above turns it into its own shape."""

from __future__ import annotations

from collections.abc import Mapping

Number = int | float


class OcrError(Exception):
    """A failure the person or program that asked can be told about.

    code: short snake_case name, stable, part of the API (docs/api.md lists them all).
    message: one sentence for people that says what to do.
    permanent: trying the same input again cannot help.
    details: the message's numbers by name, for sentences in other languages.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        permanent: bool = True,
        details: Mapping[str, Number] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.permanent = permanent
        self.details = dict(details or {})


def millions(number: int) -> Number:
    """With at most one decimal: bytes as MB, pixels as megapixels."""
    rounded = round(number / 1e6, 1)
    return int(rounded) if rounded.is_integer() else rounded


class EngineCrashed(Exception):
    """The process that read the page died: a fault of the engine, perhaps of the file."""
