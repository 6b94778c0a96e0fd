from __future__ import annotations

from rest_framework.routers import DefaultRouter


class Router(DefaultRouter):
    """Paths end in a slash and also take a `.json` suffix; middleware.ApiSlash does the rest."""

    include_root_view = False
