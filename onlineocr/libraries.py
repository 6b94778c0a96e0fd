"""Configuration of Django's parts and of libraries, which settings.py imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEMPLATE_FOLDER = Path(__file__).resolve().parent.parent / "templates"

INSTALLED_APPS = [
    "app",  # before staticfiles and allauth, so that its runserver and templates take precedence
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_yasg",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
]

MIDDLEWARE = [
    "app.http.middleware.request_log.observe",
    "app.http.middleware.compression.Compression",
    "app.http.middleware.private_cache.private_by_default",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "app.http.middleware.api_paths.AsciiQuery",
    "app.http.middleware.api_paths.ApiSlash",
    "app.compat.umi_ocr.dispatch.UmiOcrDispatch",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "app.http.middleware.rate_headers.rate_limit_headers",
    "app.http.middleware.outages.Unavailable",
    "app.http.audit.middleware.AuditTrail",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATE_FOLDER],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "app.web.context_processors.site",
            ]
        },
    }
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "app.http.authentication.BasicAuthentication",
        "app.http.authentication.KeyAuthentication",
        "rest_framework_simplejwt.authentication.JWTAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "app.http.bodies.json.JsonParser",
        "app.http.bodies.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": [
        "app.http.throttling.RateThrottle",
        "app.http.throttling.QuotaThrottle",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "app.http.negotiation.JsonWhateverIsAsked",
    "DEFAULT_PAGINATION_CLASS": "app.api.pagination.PageNumbers",
    "DEFAULT_FILTER_BACKENDS": ["app.api.filters.ListFilterBackend"],
    "EXCEPTION_HANDLER": "app.api.exceptions.handle",
    # `?format=` names an export format, not a renderer.
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

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

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: refuses before passwords are compared
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

# Forms of django-allauth.
ACCOUNT_FORMS = {
    "login": "app.web.forms.account.SignInForm",
    "signup": "app.web.forms.account.SignupForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]


def s3_storage(bucket: str, *, endpoint: str, region: str) -> dict[str, Any]:
    """Storage in a bucket. endpoint, region: empty to use the AWS_* variables."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "file_overwrite": False,
        },
    }
