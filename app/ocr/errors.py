"""The domain's one error type, which each layer above turns into its own response."""

from __future__ import annotations

from collections.abc import Mapping

Number = int | float


class OcrError(Exception):
    """A failure that may be reported to the person or program that asked.

    code: short snake_case name, stable, part of the API (docs/api.md lists them all).
    message: one sentence for people that says what to do.
    permanent: retrying with the same input cannot help.
    details: the message's numbers by name, for its translations.
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
    """The number in millions with at most one decimal: bytes as MB, pixels as megapixels."""
    rounded = round(number / 1e6, 1)
    return int(rounded) if rounded.is_integer() else rounded


class EngineCrashed(Exception):
    """The process that read the page died: the engine's fault, or perhaps the file's."""
