"""Errors for Sentry and traces for OpenTelemetry, each if its setting is given.

Both leave the site, so neither may contain recognized text, secrets or request data: no local
variables, bodies, query strings or SQL.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from app.logs import HIDDEN, hide_long_words, loggable_path


def start() -> None:
    """Call it once per process. Raises ImproperlyConfigured for settings that a library refuses."""
    try:
        if settings.SENTRY_DSN:
            start_sentry(settings.SENTRY_DSN)
        if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
            start_opentelemetry()
    except ImportError as error:
        message = f"SENTRY_DSN and OTEL_… need requirements-observability.txt: {error}"
        raise ImproperlyConfigured(message) from error
    except ValueError as error:  # BadDsn
        raise ImproperlyConfigured(f"SENTRY_DSN: {error}") from error


def start_sentry(dsn: str, **options: Any) -> None:
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_secrets,
        **options,
    )


def without_secrets(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """The event without secrets: of the request, only method and path remain."""
    request = event.pop("request", None)
    if request:
        path = hide_long_words(str(request.get("url", "")).split("?")[0])
        event["request"] = {"method": request.get("method"), "url": path}
    if event.get("transaction", "").startswith("/"):  # a path that no URL pattern matched
        event["transaction"] = HIDDEN
    return event


def start_opentelemetry(exporter: Any = None) -> Any:
    """The tracer provider. Its exporter reads OTEL_EXPORTER_OTLP_ENDPOINT from the environment."""
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if exporter is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter()
    provider = TracerProvider(resource=Resource.create({"service.name": "onlineocr"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    DjangoInstrumentor().instrument(tracer_provider=provider, response_hook=hide_url)
    return provider


def hide_url(span: Any, request: Any, response: Any) -> None:
    """Replaces the path and query that the instrumentation copied from the request."""
    path = loggable_path(request)
    for name in ("http.url", "http.target", "url.full", "url.path"):
        if name in (span.attributes or {}):
            span.set_attribute(name, path)
    if "url.query" in (span.attributes or {}):
        span.set_attribute("url.query", HIDDEN)
