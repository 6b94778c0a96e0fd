"""Requests for mails, and the addresses to which they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import translation

from app.models import Batch, Job, MailRequest
from app.ocr.errors import OcrError

# Back ends that write mails to the log, or discard them.
NOT_SENDING = ("console", "dummy")


@dataclass(frozen=True, slots=True)
class MailOffer:
    """address: the recipient. asked: whether the mail was requested."""

    address: str
    asked: bool


def is_configured() -> bool:
    """Whether EMAIL_URL names a server that sends mails."""
    return not any(name in settings.EMAIL_BACKEND for name in NOT_SENDING)


def address_of(user: User | None) -> str:
    """The account's confirmed address; "" if there is none, or no mail can be sent.

    Unconfirmed addresses get no mail: an account can name an address that is not its own.
    """
    if user is None or not is_configured():
        return ""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return confirmed.order_by("-primary").values_list("email", flat=True).first() or ""


def offer(subject: Job | Batch, *, user: User | None) -> MailOffer | None:
    """The offer on the page of a job or batch; None if its reader cannot get a mail about it."""
    if user is None or subject.owner_id != user.pk:
        return None
    address = address_of(user)
    return MailOffer(address, _rows(subject).exists()) if address else None


def ask(subject: Job | Batch, *, user: User | None, site_url: str) -> None:
    """Requests a mail in the language of the pages. Raises OcrError(no_mail_address)."""
    if user is None or offer(subject, user=user) is None:
        raise OcrError("no_mail_address", "First confirm an e-mail address of your account.")
    MailRequest.objects.get_or_create(
        **_columns(subject),
        defaults={
            "owner": user,
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "site_url": site_url.rstrip("/"),
        },
    )


def withdraw(subject: Job | Batch, *, user: User | None) -> None:
    """Withdraws the request: the owner has changed their mind, or has seen the result."""
    _rows(subject).filter(owner=user).delete()


def _rows(subject: Job | Batch) -> QuerySet[MailRequest]:
    return MailRequest.objects.filter(**_columns(subject))


def _columns(subject: Job | Batch) -> dict[str, Any]:
    return {"job" if isinstance(subject, Job) else "batch": subject}
