"""Facts of the privacy page, all from the settings: storage, retention, staff, other servers."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User

from app.models import Webhook
from app.services.limits import quotas

MOST_WEBHOOKS = 200  # the newest ones, whose hosts are named


@dataclass(frozen=True, slots=True)
class Retention:
    """Hours or days until data are deleted. entry_days: 0 means never."""

    visitor_hours: int
    entry_days: int
    trash_days: int
    log_days: int
    usage_days: int


@dataclass(frozen=True, slots=True)
class OtherServers:
    """Names of servers that get data from this one; empty if there is none."""

    files: str
    database: str
    mail: str
    sign_in: str
    errors: str
    traces: str

    @property
    def any(self) -> bool:
        return any(astuple(self))


def retention() -> Retention:
    return Retention(
        visitor_hours=settings.ANONYMOUS_HOURS,
        entry_days=settings.RETENTION_DAYS,
        trash_days=settings.TRASH_DAYS,
        log_days=settings.AUDIT_DAYS,
        usage_days=quotas.RETENTION_DAYS,
    )


def other_servers() -> OtherServers:
    return OtherServers(
        files=bucket_server(),
        database=_other_database(),
        mail=settings.EMAIL_HOST if "smtp" in settings.EMAIL_BACKEND else "",
        sign_in=_host(settings.OIDC_SERVER_URL) if settings.OIDC_CLIENT_ID else "",
        errors=_host(settings.SENTRY_DSN),
        traces=_host(settings.OTEL_EXPORTER_OTLP_ENDPOINT),
    )


def bucket_server() -> str:
    """The server of the bucket; empty if files are in a local folder."""
    if not settings.MEDIA_S3_BUCKET:
        return ""
    return _host(settings.S3["OPTIONS"]["endpoint_url"] or "") or "Amazon S3"


def webhook_hosts(*, owner: User) -> list[str]:
    """Hosts of the account's webhooks, sorted."""
    newest = Webhook.objects.filter(owner=owner).order_by("-id").values_list("url", flat=True)
    return sorted({host for url in newest[:MOST_WEBHOOKS] if (host := _host(url))})


def _other_database() -> str:
    """The host of the database; empty if it is a file or on this machine."""
    host = str(settings.DATABASES["default"].get("HOST", ""))
    here = host.startswith("/") or host in ("", "localhost", "127.0.0.1", "::1")
    return "" if here else host


def _host(url: str) -> str:
    """The host name alone, since the rest of a URL may hold passwords and keys."""
    return urlsplit(url).hostname or ""
