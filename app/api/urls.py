"""Paths of the API: with a trailing slash, without one, and with a `.json` suffix."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, re_path
from rest_framework.routers import DefaultRouter
from rest_framework.urlpatterns import format_suffix_patterns

from .docs import docs_csp, schema_view
from .views import (
    accounts,
    again,
    audit,
    batches,
    catalog,
    exports,
    history,
    jobs,
    keys,
    ocr,
    webhooks,
)


class Router(DefaultRouter):
    """Paths end in a slash and also take a `.json` suffix; see also middleware.api_paths."""

    include_root_view = False


router = Router()
router.register("ocr", ocr.OcrViewSet, basename="ocr")
router.register("history", history.HistoryViewSet, basename="history")
router.register("jobs", jobs.JobViewSet, basename="job")
router.register("batches", batches.BatchViewSet, basename="batch")
router.register("webhooks", webhooks.WebhookViewSet, basename="webhook")
router.register("register", accounts.RegisterViewSet, basename="register")
router.register("engines", catalog.EngineViewSet, basename="engine")
router.register("exports", exports.ExportViewSet, basename="export")
router.register("audit", audit.AuditViewSet, basename="audit")
router.register("keys", keys.KeyViewSet, basename="key")
router.register("languages", catalog.LanguageViewSet, basename="language")


def view_path(route: str, view: Any, name: str) -> URLPattern:
    return path(f"{route}/", view.as_view(), name=name)


views = [
    view_path("history/<uuid:pk>/recognize", again.RecognizeAgainView, "history-recognize"),
    view_path("me", accounts.MeView, "me"),
    view_path("token_obtain_pair", accounts.ObtainPairView, "token_obtain_pair"),
    view_path("token_refresh", accounts.RefreshView, "token_refresh"),
    view_path("token_verify", accounts.VerifyView, "token_verify"),
    view_path("token_blacklist", accounts.BlacklistView, "token_blacklist"),
]
urlpatterns = [*router.urls, *format_suffix_patterns(views, suffix_required=False)]

docs_urlpatterns = [
    re_path(r"^docs/?$", docs_csp(schema_view.with_ui("swagger")), name="docs"),
    re_path(r"^redoc/?$", docs_csp(schema_view.with_ui("redoc")), name="redoc"),
    re_path(
        r"^docs/swagger\.(?P<format>json|yaml)$",
        schema_view.without_ui(),
        name="schema",
    ),
    # The address that client generators try.
    re_path(r"^openapi\.(?P<format>json|yaml)$", schema_view.without_ui(), name="openapi"),
]
