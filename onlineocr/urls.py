"""Everything the site answers; specific paths first, catch-alls of old contracts last."""

from django.contrib import admin
from django.urls import include, path

from app.api.urls import docs_urlpatterns

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("app.api.urls")),
    *docs_urlpatterns,
    path("health/", include("app.web.health")),
    path("account/", include("allauth.account.urls")),
    path("", include("app.web.urls")),
]
