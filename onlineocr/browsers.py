"""What browsers are told about scripts: ours on our pages, and other sites' on our API."""

from __future__ import annotations

from typing import Any

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
# Where to ask for a result, and how long to wait.
CORS_EXPOSE_HEADERS = ["location", "operation-location", "retry-after"]
CORS_URLS_REGEX = r"^/(?!admin/|account/).*$"


def content_security_policy(*sign_in_origins: str) -> dict[str, Any]:
    """Nothing inline, nothing of other sites."""
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
            # Browsers also check where a form's answer redirects to: the provider's sign-in page.
            "form-action": [SELF, *sign_in_origins],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
        }
    }
