"""All settings, from the environment. docs/settings.md explains each; a test keeps it complete.

What the environment has no say in stands in the modules whose names are imported with a star.
"""

from __future__ import annotations

import socket
import sys
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from app.engines.registry import ENGINES
from app.logs import logging_config

from .applications import *  # noqa: F403
from .browsers import *  # noqa: F403
from .browsers import content_security_policy
from .env import BASE_DIR, env, origin, secret_key
from .rest import *  # noqa: F403
from .sign_in import *  # noqa: F403

# --- Site -----------------------------------------------------------------------------------------

TESTING = "pytest" in sys.modules
RUNSERVER = sys.argv[1:2] == ["runserver"]
DEBUG = env.bool("DEBUG", default=False)
SITE_NAME = env.str("SITE_NAME", default="onlineocr")
DATA_DIR = BASE_DIR / env.str("DATA_DIR", default="db")
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[".localhost", "127.0.0.1", "[::1]", socket.gethostname()]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "onlineocr.urls"
WSGI_APPLICATION = "onlineocr.wsgi.application"
TEST_RUNNER = "app.tests.runner.PytestRunner"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database and cache ---------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db(
        "DATABASE_URL", default=f"sqlite:///{quote(str(DATA_DIR / 'onlineocr.sqlite3'))}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": env.int("DATABASE_TIMEOUT", default=20),
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# The database cache is shared by all processes without another service; redis:// does the same
# for many machines.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache?max_entries=5000")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # One that does not answer holds nobody up: the request is a 503.
    CACHES["default"].setdefault("OPTIONS", {}).update(socket_connect_timeout=2, socket_timeout=2)

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / env.str("STATIC_ROOT", default="staticfiles")
MEDIA_ROOT = BASE_DIR / env.str("MEDIA_ROOT", default="media")
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "app.media_storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "app.web.static_storage.ModuleStaticFilesStorage"
        if not (DEBUG or TESTING or RUNSERVER)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Many machines share files in a bucket; the keys come from the usual AWS_* variables.
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")
if MEDIA_S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT", default="") or None,
            "region_name": env.str("MEDIA_S3_REGION", default="") or None,
            "file_overwrite": False,
        },
    }
# Behind our nginx.conf protected files are sent by nginx: Django only answers X-Accel-Redirect.
X_ACCEL_REDIRECT = env.bool("X_ACCEL_REDIRECT", default=False)
# Sockets by which web and worker processes of one machine wake each other.
RUN_DIR = BASE_DIR / env.str("RUN_DIR", default="run")
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Recognition ----------------------------------------------------------------------------------

OCR_PROFILE = env.choice("OCR_PROFILE", "full", "small")  # small: one machine of 1 GB
OCR_ENGINE = env.choice("OCR_ENGINE", "auto", *sorted(ENGINES.keys() - {"auto"}))
OCR_LANGUAGES = env.str("OCR_LANGUAGES", default="eng")
TESSDATA_PREFIX = env.str("TESSDATA_PREFIX", default="")
OCR_THREADS = env.int("OCR_THREADS", default=1, least=1)
OCR_RUNTIME = env.choice("OCR_RUNTIME", "onnxruntime", "openvino")
OCR_MODEL_DIRS = env.dict("OCR_MODEL_DIRS", default={})  # engine=folder,engine=folder
OCR_MAX_PIXELS = env.int("OCR_MAX_PIXELS", default=100_000_000, least=1)
OCR_MAX_PAGES = env.int("OCR_MAX_PAGES", default=500, least=1)
OCR_PAGE_SECONDS = env.int("OCR_PAGE_SECONDS", default=120, least=1)
OCR_MEMORY_MB = env.int("OCR_MEMORY_MB", default=4096)  # address space of a recognizing process
# For an export that opens the upload.
EXPORT_SECONDS = env.int("EXPORT_SECONDS", default=120, least=1)

# --- Uploads and jobs -----------------------------------------------------------------------------

ANONYMOUS_OCR = env.bool("ANONYMOUS_OCR", default=True)
ANONYMOUS_MAX_BYTES = env.int("ANONYMOUS_MAX_BYTES", default=2_000_000)
ACCOUNT_MAX_BYTES = env.int("ACCOUNT_MAX_BYTES", default=20_000_000)
# A form without its files: the largest one as base64. Our own limits come first, with a reason.
DATA_UPLOAD_MAX_MEMORY_SIZE = ACCOUNT_MAX_BYTES * 4 // 3 + 1_000_000
# process: worker processes run jobs; inline: the calling process does, for tests and debugging.
JOB_RUNNER = env.choice("JOB_RUNNER", "process", "inline")
# embedded: workers take jobs from the table; celery: a broker carries the ids to many machines.
JOB_DELIVERY = env.choice("JOB_DELIVERY", "embedded", "celery")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
# engine=queue,engine=queue: these engines' jobs go to workers started with --queues.
CELERY_ENGINE_QUEUES = env.dict("CELERY_ENGINE_QUEUES", default={})
# Recognizing processes; 0 = one per CPU core.
WORKERS = env.int("WORKERS", default=1 if OCR_PROFILE == "small" else 0)
SYNC_SECONDS = env.int("SYNC_SECONDS", default=55)  # then the answer is 202 and the job goes on
# Requests that wait in one web process; further ones get their 202 at once.
WEB_THREADS = env.int("WEB_THREADS", default=32, least=1)
SYNC_WAITING = env.int("SYNC_WAITING", default=max(1, WEB_THREADS * 3 // 4))
SYNC_MAX_PAGES = env.int("SYNC_MAX_PAGES", default=20)
LEASE_SECONDS = env.int("LEASE_SECONDS", default=45, least=3)
# Engine crashes before a job counts as the cause.
JOB_MAX_LOST = env.int("JOB_MAX_LOST", default=3, least=1)
OWNER_MAX_RUNNING = env.int("OWNER_MAX_RUNNING", default=0)  # jobs at once; 0 = no limit
BATCH_MAX_FILES = env.int("BATCH_MAX_FILES", default=500, least=1)
BATCH_MAX_BYTES = env.int("BATCH_MAX_BYTES", default=200_000_000)  # of all files, unpacked
REUSE_DAYS = env.int("REUSE_DAYS", default=7)  # identical files get the stored result; 0 = never
# Then uploads without an account go.
ANONYMOUS_HOURS = env.int("ANONYMOUS_HOURS", default=24, least=1)
RETENTION_DAYS = env.int("RETENTION_DAYS", default=0)  # of everybody's history; 0 = for ever
TRASH_DAYS = env.int("TRASH_DAYS", default=30)  # deleted entries can be brought back so long
# Private hosts that webhooks and image URLs may reach, by name or address.
OUTBOUND_ALLOWED_HOSTS = env.list("OUTBOUND_ALLOWED_HOSTS", default=[])
# The class that reads pages; tests put one here that crashes and hangs.
RECOGNIZER = "app.recognition.recognizer.Recognizer"

# --- Keys and limits ------------------------------------------------------------------------------

# Keys of the whole site, for services that brought one in their environment.
APP_AUTH_TOKEN = env.list("APP_AUTH_TOKEN", default=[])
# Requests per minute that change something, and pages per day; 0 means no limit.
RATE_ANONYMOUS = env.int("RATE_ANONYMOUS", default=600)
RATE_ACCOUNT = env.int("RATE_ACCOUNT", default=1200)
RATE_SIGN_IN = env.int("RATE_SIGN_IN", default=60)  # passwords tried from one address
QUOTA_ANONYMOUS = env.int("QUOTA_ANONYMOUS", default=10_000)
QUOTA_ACCOUNT = env.int("QUOTA_ACCOUNT", default=50_000)
# Proxies before ours that append the caller's address to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# --- Contracts of other services (docs/compatibility.md) ------------------------------------------

COMPAT_PATH_KEY = env.bool("COMPAT_PATH_KEY", default=True)
COMPAT_IMAGE_SYNC = env.bool("COMPAT_IMAGE_SYNC", default=True)
COMPAT_IMAGE_LABEL = env.bool("COMPAT_IMAGE_LABEL", default=True)
COMPAT_OCR_PROCESS = env.bool("COMPAT_OCR_PROCESS", default=True)
COMPAT_OCR_SPACE = env.bool("COMPAT_OCR_SPACE", default=True)
COMPAT_GOOGLE_VISION = env.bool("COMPAT_GOOGLE_VISION", default=True)
COMPAT_TEXTRACT = env.bool("COMPAT_TEXTRACT", default=True)
COMPAT_AZURE = env.bool("COMPAT_AZURE", default=True)
COMPAT_TESSERACT_SERVER = env.bool("COMPAT_TESSERACT_SERVER", default=True)
COMPAT_OCRSERVER = env.bool("COMPAT_OCRSERVER", default=True)
# /generate_api_key for anybody, as the old service had it.
COMPAT_OPEN_KEYS = env.bool("COMPAT_OPEN_KEYS", default=False)
# Scripts of any web site may call what the old services opened to them, without cookies.
COMPAT_CORS = env.bool("COMPAT_CORS", default=True)

# --- REST API -------------------------------------------------------------------------------------

# A refresh token works once and is answered with the next one. Old clients keep their first one.
JWT_ROTATE = env.bool("JWT_ROTATE", default=False)
SIMPLE_JWT = {
    "AUTH_TOKEN_CLASSES": ["app.api.tokens.AccessToken"],
    "ACCESS_TOKEN_LIFETIME": timedelta(
        minutes=env.int("ACCESS_TOKEN_MINUTES", default=7 * 24 * 60, least=1)
    ),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=env.int("REFRESH_TOKEN_DAYS", default=15, least=1)),
    "ROTATE_REFRESH_TOKENS": JWT_ROTATE,
    "BLACKLIST_AFTER_ROTATION": JWT_ROTATE,
    # Tokens carry a hash of the password's hash: a new password ends them all.
    "CHECK_REVOKE_TOKEN": True,
}
# --- Accounts -------------------------------------------------------------------------------------

# Without it only staff's invitations let people sign up.
REGISTRATION_OPEN = env.bool("REGISTRATION_OPEN", default=True)
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7, least=1)
AUDIT_DAYS = env.int("AUDIT_DAYS", default=365, least=1)  # how long the log of an account is kept
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
# mandatory: nobody signs in, by page or API, before they followed the link in the mail.
ACCOUNT_EMAIL_VERIFICATION = env.choice("EMAIL_VERIFICATION", "optional", "mandatory", "none")
if ACCOUNT_EMAIL_VERIFICATION == "mandatory":
    ACCOUNT_SIGNUP_FIELDS[1] = "email*"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="onlineocr@localhost")
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)

# Wrong passwords of one account from one address, by page, Basic or token; then a pause.
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=10, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_PAUSE_MINUTES", default=15, least=1))

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.bool("HTTPS", default=False)  # for localhost
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
MFA_TOTP_ISSUER = SITE_NAME

# Sign-in through an OpenID Connect provider such as Keycloak, where OIDC_CLIENT_ID is set.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_APP = {
    "provider_id": "oidc",
    "name": env.str("OIDC_NAME", default="OpenID Connect"),
    "client_id": OIDC_CLIENT_ID,
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP] if OIDC_CLIENT_ID else []}}
# Whom the provider lets in gets an account here, also where registration is closed.
OIDC_SIGN_UP = env.bool("OIDC_SIGN_UP", default=True)

# --- Web security ---------------------------------------------------------------------------------

# https: the site is only reached over TLS, so cookies are secure and browsers are told to stay.
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by the container itself, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("TRUST_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(
    *([origin(OIDC_SERVER_URL)] if OIDC_CLIENT_ID else [])
)
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_ALL_ORIGINS = env.bool("CORS_ALLOW_ALL_ORIGINS", default=False)

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# The languages of the pages; docs/pages.md says how one is added.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
]
TIME_ZONE = env.zone("TIME_ZONE", default="UTC")
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Logs, metrics, traces ------------------------------------------------------------------------

LOG_FORMAT = env.choice("LOG_FORMAT", "line", "json")
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL")
LOGGING = logging_config(form=LOG_FORMAT, level=LOG_LEVEL)
# Who may read /metrics: these networks, and whoever sends the token.
METRICS_NETWORKS = env.networks("METRICS_NETWORKS", default=["127.0.0.0/8", "::1/128"])
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Both need requirements-observability.txt.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
