"""Rules for browsers: scripts on our pages, and requests of other sites to our API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF

CORS_ALLOW_HEADERS = [
    *default_headers,
    "api-key",
    "api_key",
    "apikey",
    "idempotency-key",
    "ocp-apim-subscription-key",
    "prefer",
    "user-id",
    "user_id",
    "x-api-key",
    "x-goog-api-key",
]
# The URL of a result, and when to poll it.
CORS_EXPOSE_HEADERS = ["location", "operation-location", "retry-after"]
CORS_URLS_REGEX = r"^/(?!admin/|account/).*$"


def content_security_policy(sign_in_url: str) -> dict[str, Any]:
    """Policy that allows nothing inline and nothing from other sites.

    sign_in_url: a URL of the sign-in provider, or empty.
    """
    parts = urlsplit(sign_in_url)
    sign_in = [f"{parts.scheme}://{parts.netloc}"] if sign_in_url else []
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "blob:", "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "worker-src": [SELF],
            # Browsers also check where a form is redirected: to the provider's sign-in page.
            "form-action": [SELF, *sign_in],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
        }
    }
