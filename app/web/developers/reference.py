"""Limits and errors of this site, for the developers' page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from app.http.error_messages import MESSAGES, OF_LIBRARIES
from app.http.errors import status_of
from app.services.limits import quotas, rates
from app.services.limits.caller import Caller
from app.services.submission import uploads

# Codes that do not come from an OcrError, or are answered as a refused sign-in.
OTHER_STATUS = {
    "authentication_failed": 401,
    "email_unverified": 401,
    "invalid_key": 401,
    "key_expired": 401,
    "key_missing": 401,
    "key_network": 403,
    "key_scope": 403,
    "method_not_allowed": 405,
    "not_authenticated": 401,
    "permission_denied": 403,
    "second_factor_required": 401,
    "second_factor_wrong": 401,
    "server_error": 500,
    "share_password": 403,
    "throttled": 429,
    "token_not_valid": 401,
    "unsupported_media_type": 415,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """value: None if the site sets no limit."""

    name: Promise
    value: str | int | None


@dataclass(frozen=True, slots=True)
class ErrorCode:
    code: str
    status: int
    meaning: Promise


def megabytes(size: int) -> str:
    """The number in millions of bytes, the unit in which limits are set."""
    return f"{size / 1_000_000:g} MB"


def limits(caller: Caller) -> Iterator[Limit]:
    """The limits that apply to this caller."""
    yield Limit(_("Largest file"), megabytes(uploads.max_bytes(caller.owner)))
    yield Limit(_("Pages of one document"), settings.OCR_MAX_PAGES)
    yield Limit(_("Pixels of one picture"), settings.OCR_MAX_PIXELS)
    yield Limit(_("Files of one batch"), settings.BATCH_MAX_FILES)
    yield Limit(_("All files of one batch"), megabytes(settings.BATCH_MAX_BYTES))
    yield Limit(_("Requests per minute that change something"), rates.limit_of(caller) or None)
    yield Limit(_("Pages per day"), quotas.limit_of(caller) or None)
    yield Limit(_("Seconds that a request waits for its result"), settings.SYNC_SECONDS)


def errors() -> list[ErrorCode]:
    """Every code, by status."""
    all_codes = {**MESSAGES, **OF_LIBRARIES}
    found = [
        ErrorCode(code, OTHER_STATUS.get(code) or status_of(code), meaning)
        for code, meaning in all_codes.items()
    ]
    return sorted(found, key=lambda error: (error.status, error.code))
