"""Who calls: HTTP Basic, a JWT, or the browser's session. Each as old clients know it."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication


class BasicAuthentication(authentication.BasicAuthentication):
    def authenticate_header(self, request: Request) -> str:
        # A page's own script must not make the browser open its password dialogue.
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return 'Session realm="api"'
        return super().authenticate_header(request)


class BearerAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access token>`; other schemes are left to other classes."""
