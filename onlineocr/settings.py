"""All settings. Those read by an `env_…` function are for operators: docs/settings.md."""

from __future__ import annotations

import socket
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from app.engines.registry import ENGINES
from app.logs import logging_config

from . import browsers, libraries
from .env import (
    env_bool,
    env_cache,
    env_choice,
    env_database,
    env_dict,
    env_email,
    env_int,
    env_list,
    env_networks,
    env_str,
    env_time_zone,
    read_file,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
read_file(BASE_DIR / ".env")

# --- Site -----------------------------------------------------------------------------------------

RUNSERVER = sys.argv[1:2] == ["runserver"]
DEBUG = env_bool("DEBUG", False)
SITE_NAME = env_str("SITE_NAME", "onlineocr")
DATA_DIR = BASE_DIR / env_str("DATA_DIR", "db")
SECRET_KEY = env_str("SECRET_KEY") or secret_key(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS", [".localhost", "127.0.0.1", "[::1]", socket.gethostname()]
)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "onlineocr.urls"
WSGI_APPLICATION = "onlineocr.wsgi.application"
TEST_RUNNER = "app.tests.runner.PytestRunner"
INSTALLED_APPS = libraries.INSTALLED_APPS
MIDDLEWARE = libraries.MIDDLEWARE
TEMPLATES = libraries.TEMPLATES
FORM_RENDERER = "app.web.form_renderer.FormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database and cache ---------------------------------------------------------------------------

SQLITE_URL = f"sqlite:///{quote(str(DATA_DIR / 'onlineocr.sqlite3'))}"
DATABASES = {"default": env_database("DATABASE_URL", SQLITE_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}  # seconds
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds that a writer waits for another
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# All processes share the database cache, without a further service. redis:// is for many
# machines.
CACHES = {"default": env_cache("CACHE_URL", "dbcache://cache?max_entries=5000")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # An unresponsive Redis must not hold up requests: they get a 503.
    CACHES["default"].setdefault("OPTIONS", {}).update(socket_connect_timeout=2, socket_timeout=2)

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / env_str("STATIC_ROOT", "staticfiles")
MEDIA_ROOT = BASE_DIR / env_str("MEDIA_ROOT", "media")
MEDIA_URL = "/media/"
# Many machines share files in a bucket, whose keys are in the usual AWS_* variables.
MEDIA_S3_BUCKET = env_str("MEDIA_S3_BUCKET")
S3 = libraries.s3_storage(
    MEDIA_S3_BUCKET, endpoint=env_str("MEDIA_S3_ENDPOINT"), region=env_str("MEDIA_S3_REGION")
)
STORAGES = {
    "default": S3 if MEDIA_S3_BUCKET else {"BACKEND": "app.media_storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "app.web.static_storage.ModuleStaticFilesStorage"
        if not (DEBUG or RUNSERVER)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# With our nginx.conf, nginx sends protected files: Django only answers X-Accel-Redirect.
X_ACCEL_REDIRECT = env_bool("X_ACCEL_REDIRECT", False)
RUN_DIR = BASE_DIR / env_str("RUN_DIR", "run")  # sockets with which processes wake each other
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Recognition ----------------------------------------------------------------------------------

OCR_PROFILE = env_choice("OCR_PROFILE", "full", "small")  # small: for a machine with 1 GB
OCR_ENGINE = env_choice("OCR_ENGINE", "auto", *sorted(ENGINES))
OCR_LANGUAGES = env_str("OCR_LANGUAGES", "eng")
TESSDATA_PREFIX = env_str("TESSDATA_PREFIX")
OCR_THREADS = env_int("OCR_THREADS", 0)  # most cores per page; 0 = all idle ones
OCR_RUNTIME = env_choice("OCR_RUNTIME", "onnxruntime", "openvino", "cuda")
OCR_MODEL_DIRS = env_dict("OCR_MODEL_DIRS")  # engine=folder,engine=folder
OCR_MAX_PIXELS = env_int("OCR_MAX_PIXELS", 100_000_000, least=1)
OCR_MAX_PAGES = env_int("OCR_MAX_PAGES", 500, least=1)
OCR_PAGE_SECONDS = env_int("OCR_PAGE_SECONDS", 120, least=1)
OCR_MEMORY_MB = env_int("OCR_MEMORY_MB", 4096)  # address space per recognizing process
RECOGNIZER = "app.recognition.recognizer.Recognizer"  # tests set ones that crash or hang

# --- Uploads and jobs -----------------------------------------------------------------------------

ANONYMOUS_OCR = env_bool("ANONYMOUS_OCR", True)
ANONYMOUS_MAX_BYTES = env_int("ANONYMOUS_MAX_BYTES", 2_000_000)
ACCOUNT_MAX_BYTES = env_int("ACCOUNT_MAX_BYTES", 20_000_000)
# A form without its files, at most one file as base64. Our own limits apply first, with a reason.
DATA_UPLOAD_MAX_MEMORY_SIZE = ACCOUNT_MAX_BYTES * 4 // 3 + 1_000_000
BATCH_MAX_FILES = env_int("BATCH_MAX_FILES", 500, least=1)
BATCH_MAX_BYTES = env_int("BATCH_MAX_BYTES", 200_000_000)  # of all files, unpacked
# Private hosts that webhooks and image URLs may reach, by name or address.
OUTBOUND_ALLOWED_HOSTS = env_list("OUTBOUND_ALLOWED_HOSTS")

JOB_RUNNER = "process"  # "inline", in tests: the submitting process recognizes
# embedded: workers take jobs from the table. celery: a broker sends their ids to many machines.
JOB_DELIVERY = env_choice("JOB_DELIVERY", "embedded", "celery")
CELERY_BROKER_URL = env_str("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
# engine=queue,engine=queue: their jobs go to workers started with --queues.
CELERY_ENGINE_QUEUES = env_dict("CELERY_ENGINE_QUEUES")
WORKERS = env_int("WORKERS", 0)  # 0 = one per CPU core, or a single one if OCR_PROFILE=small
OWNER_MAX_RUNNING = env_int("OWNER_MAX_RUNNING", 0)  # jobs at once; 0 = no limit
LEASE_SECONDS = 45  # until a job whose worker is silent goes to another one
JOB_MAX_LOST = 3  # crashes until the document is held to be the cause

SYNC_SECONDS = env_int("SYNC_SECONDS", 55)  # until the answer is 202; the job continues
SYNC_MAX_PAGES = 20  # longer documents are answered with 202 at once
WEB_THREADS = env_int("WEB_THREADS", 32, least=1)
# Requests of one web process that may wait for results, so that others still get an answer.
SYNC_WAITING = max(1, WEB_THREADS * 3 // 4)

REUSE_DAYS = env_int("REUSE_DAYS", 7)  # for which identical files get the stored result; 0 = never
ANONYMOUS_HOURS = env_int("ANONYMOUS_HOURS", 24, least=1)  # that anonymous uploads are kept
RETENTION_DAYS = env_int("RETENTION_DAYS", 0)  # that entries are kept; 0 = no limit
TRASH_DAYS = env_int("TRASH_DAYS", 30)  # that deleted entries can be restored

# --- Keys and limits ------------------------------------------------------------------------------

# Keys of the whole site, for services that have one in their environment.
APP_AUTH_TOKEN = env_list("APP_AUTH_TOKEN")
# Modifying requests per minute, and pages per day; 0 means no limit.
RATE_ANONYMOUS = env_int("RATE_ANONYMOUS", 600)
RATE_ACCOUNT = env_int("RATE_ACCOUNT", 1200)
RATE_SIGN_IN = 60  # password attempts per address
QUOTA_ANONYMOUS = env_int("QUOTA_ANONYMOUS", 10_000)
QUOTA_ACCOUNT = env_int("QUOTA_ACCOUNT", 50_000)
# Proxies before ours that append the caller's address to X-Forwarded-For.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)

# --- APIs of other services (docs/compatibility.md) -----------------------------------------------

# fmt: off
# isort: off
from .vendor_apis import (  # noqa: E402, F401  reads the environment, as .env completes it
    COMPAT_AZURE, COMPAT_CORS, COMPAT_DOCLING, COMPAT_GOOGLE_VISION, COMPAT_IMAGE_LABEL,
    COMPAT_IMAGE_SYNC, COMPAT_MINERU, COMPAT_MISTRAL, COMPAT_OCRSERVER, COMPAT_OCR_PROCESS,
    COMPAT_OCR_SPACE, COMPAT_ONLINEOCR, COMPAT_OPENAI_CHAT, COMPAT_OPEN_KEYS,
    COMPAT_OPEN_WEBUI, COMPAT_PADDLEX, COMPAT_PATH_KEY, COMPAT_STIRLING,
    COMPAT_TESSERACT_SERVER, COMPAT_TEXTRACT, COMPAT_TIKA, COMPAT_UMI_OCR, COMPAT_UNSTRUCTURED,
)
# isort: on
# fmt: on

# --- REST API -------------------------------------------------------------------------------------

REST_FRAMEWORK = libraries.REST_FRAMEWORK
SWAGGER_SETTINGS = libraries.SWAGGER_SETTINGS
REDOC_SETTINGS = libraries.REDOC_SETTINGS
SWAGGER_USE_COMPAT_RENDERERS = False
# A refresh token works once and is answered with the next. Old clients reuse their first one.
JWT_ROTATE = env_bool("JWT_ROTATE", False)
SIMPLE_JWT = {
    "AUTH_TOKEN_CLASSES": ["app.api.tokens.AccessToken"],
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=env_int("ACCESS_TOKEN_MINUTES", 10_080, least=1)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=env_int("REFRESH_TOKEN_DAYS", 15, least=1)),
    "ROTATE_REFRESH_TOKENS": JWT_ROTATE,
    "BLACKLIST_AFTER_ROTATION": JWT_ROTATE,
    # Tokens contain a hash of the password's hash, so that a new password invalidates them all.
    "CHECK_REVOKE_TOKEN": True,
}

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Languages of the site's pages; docs/pages.md describes how to add one.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
]
TIME_ZONE = env_time_zone("TIME_ZONE", "UTC")
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Accounts -------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = libraries.AUTHENTICATION_BACKENDS
AUTH_PASSWORD_VALIDATORS = libraries.AUTH_PASSWORD_VALIDATORS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "upload"
REGISTRATION_OPEN = env_bool("REGISTRATION_OPEN", True)  # false: by invitation only
STAFF_SEES_TEXTS = env_bool("STAFF_SEES_TEXTS", False)  # of others, without a reason
AUDIT_DAYS = env_int("AUDIT_DAYS", 365, least=1)  # that an account's log is kept
ACCOUNT_ADAPTER = "app.web.allauth_adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_FORMS = libraries.ACCOUNT_FORMS
# mandatory: no sign-in, by page or API, until the link in the mail is followed.
ACCOUNT_EMAIL_VERIFICATION = env_choice("EMAIL_VERIFICATION", "optional", "mandatory", "none")
if ACCOUNT_EMAIL_VERIFICATION == "mandatory":
    ACCOUNT_SIGNUP_FIELDS[1] = "email*"
# An open session must not suffice to change the account's address, and so its password.
ACCOUNT_REAUTHENTICATION_REQUIRED = True

# Wrong passwords for an account from one address, by page, Basic or token, before a pause.
AXES_FAILURE_LIMIT = env_int("SIGN_IN_FAILURES", 10, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_CLIENT_IP_CALLABLE = "app.http.client_address.client_network"
AXES_USERNAME_CALLABLE = "app.web.allauth_adapters.sign_in_name"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # our forms explain why a sign-in is refused

MFA_ADAPTER = "app.web.allauth_adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
MFA_TOTP_ISSUER = SITE_NAME

# Sign-in through an OpenID Connect provider such as Keycloak, if OIDC_CLIENT_ID is set.
OIDC_SERVER_URL = env_str("OIDC_SERVER_URL")
OIDC_CLIENT_ID = env_str("OIDC_CLIENT_ID")
OIDC_APP = {
    "provider_id": "oidc",
    "name": env_str("OIDC_NAME", "OpenID Connect"),
    "client_id": OIDC_CLIENT_ID,
    "secret": env_str("OIDC_CLIENT_SECRET"),
    "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
}
# The provider's users get an account here even if registration is closed.
OIDC_SIGN_UP = env_bool("OIDC_SIGN_UP", True)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP] if OIDC_CLIENT_ID else []}}
SOCIALACCOUNT_ADAPTER = "app.web.allauth_adapters.SocialAccountAdapter"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

EMAIL = env_email("EMAIL_URL", "consolemail://")
EMAIL_BACKEND, EMAIL_FILE_PATH = EMAIL["EMAIL_BACKEND"], EMAIL["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL["EMAIL_USE_TLS"], EMAIL["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = env_str("DEFAULT_FROM_EMAIL", "onlineocr@localhost")

# --- Web security ---------------------------------------------------------------------------------

HTTPS = env_bool("HTTPS", False)  # the site is reached only over TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # requested by the container itself, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # for localhost
FORWARDED_SCHEME = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_PROXY_SSL_HEADER = FORWARDED_SCHEME if env_bool("TRUST_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = browsers.content_security_policy(
    OIDC_SERVER_URL if OIDC_CLIENT_ID else ""
)
CORS_ALLOWED_ORIGINS = env_list("CORS_ALLOWED_ORIGINS")
CORS_ALLOW_ALL_ORIGINS = env_bool("CORS_ALLOW_ALL_ORIGINS", False)
CORS_ALLOW_HEADERS = browsers.CORS_ALLOW_HEADERS
CORS_EXPOSE_HEADERS = browsers.CORS_EXPOSE_HEADERS
CORS_URLS_REGEX = browsers.CORS_URLS_REGEX

# --- Logs, metrics, traces ------------------------------------------------------------------------

LOG_FORMAT = env_choice("LOG_FORMAT", "line", "json")
LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL")
LOGGING = logging_config(form=LOG_FORMAT, level=LOG_LEVEL)
# /metrics is open to these networks, and to clients that send the token.
METRICS_NETWORKS = env_networks("METRICS_NETWORKS", ["127.0.0.0/8", "::1/128"])
METRICS_TOKEN = env_str("METRICS_TOKEN")
# Both need requirements-observability.txt.
SENTRY_DSN = env_str("SENTRY_DSN")
OTEL_EXPORTER_OTLP_ENDPOINT = env_str("OTEL_EXPORTER_OTLP_ENDPOINT")
