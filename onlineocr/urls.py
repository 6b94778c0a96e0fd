"""All paths of the site: specific ones first, catch-all paths of old services' APIs last."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from app.api.urls import docs_urlpatterns
from app.compat.root import root_view
from app.compat.urls import catch_all
from app.compat.urls import urlpatterns as compat_urlpatterns
from app.web.operations.cockpit import cockpit
from app.web.operations.metrics import metrics
from app.web.views.upload import UploadView

handler404 = "app.http.errors.not_found"
handler500 = "app.http.errors.server_error"

# The password alone must not open the admin site if a second factor is set up.
admin.site.login = secure_admin_login(admin.site.login)

old_dashboard = admin.site.admin_view(RedirectView.as_view(pattern_name="cockpit"))

urlpatterns = [
    path("cockpit/", cockpit, name="cockpit"),
    path("admin/dashboard/", old_dashboard),
    path("admin/", admin.site.urls),
    path("api/", include("app.api.urls")),
    *docs_urlpatterns,
    path("health/", include("app.web.operations.health")),
    path("metrics", metrics, name="metrics"),
    path("account/", include("allauth.account.urls")),
    path("account/provider/", include("allauth.socialaccount.urls")),
    path("account/provider/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("", root_view(UploadView.as_view())),
    path("", include("app.web.urls")),
    *compat_urlpatterns,
    *catch_all,
]
