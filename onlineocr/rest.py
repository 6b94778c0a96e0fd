"""How the REST framework and its description work. All of it is settings.py's too."""

from __future__ import annotations

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "app.http.authentication.BasicAuthentication",
        "app.http.authentication.KeyAuthentication",
        "rest_framework_simplejwt.authentication.JWTAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "app.http.json_bodies.JsonParser",
        "app.http.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": [
        "app.api.throttling.RateThrottle",
        "app.api.throttling.QuotaThrottle",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "app.api.pagination.PageNumbers",
    "DEFAULT_FILTER_BACKENDS": ["app.api.filters.ListFilterBackend"],
    "EXCEPTION_HANDLER": "app.api.exceptions.handle",
    # `?format=` names an export format, not a renderer.
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SWAGGER_USE_COMPAT_RENDERERS = False
SPEC_URL = ("schema", {"format": "json"})
REDOC_SETTINGS = {"SPEC_URL": SPEC_URL}
SWAGGER_SETTINGS = {
    "DEFAULT_INFO": "app.api.docs.API_INFO",
    "DEFAULT_AUTO_SCHEMA_CLASS": "app.api.docs.SiteSchema",
    "SPEC_URL": SPEC_URL,
    "SECURITY_DEFINITIONS": {
        "Basic": {"type": "basic"},
        "Bearer": {"type": "apiKey", "name": "Authorization", "in": "header"},
        "Key": {"type": "apiKey", "name": "X-API-Key", "in": "header"},
    },
    "VALIDATOR_URL": None,
    "LOGIN_URL": "account_login",
    "LOGOUT_URL": "account_logout",
}
