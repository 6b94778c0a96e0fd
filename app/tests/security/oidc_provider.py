"""A small OpenID Connect provider on loopback: code flow with PKCE, one person, signed tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "ocr", "a secret of the client"
ACCESS_TOKEN = "an access token"
Answer = tuple[str, dict[str, str], Any]


class Provider:
    """person: the answer of userinfo. claims: wrong values for the ID token."""

    def __init__(self) -> None:
        self.issuer = ""
        self.person: dict[str, Any] = {"sub": "4711", "preferred_username": "dora"}
        self.claims: dict[str, Any] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.requests: dict[str, dict[str, str]] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        values = dict(parse_qsl(environ["QUERY_STRING"] or body))
        actions = {
            "/.well-known/openid-configuration": self.configuration,
            "/authorize": self.authorize,
            "/token": self.token,
            "/userinfo": self.userinfo,
        }
        values["authorization"] = environ.get("HTTP_AUTHORIZATION", "")
        status, headers, answer = actions[environ["PATH_INFO"]](values)
        start_response(status, [("Content-Type", "application/json"), *headers.items()])
        return [json.dumps(answer).encode()]

    def configuration(self, values: dict[str, str]) -> Answer:
        return (
            "200 OK",
            {},
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
        )

    def authorize(self, values: dict[str, str]) -> Answer:
        """Consents at once and redirects back with a code."""
        code = secrets.token_urlsafe()
        self.requests[code] = values
        query = urlencode({"code": code, "state": values["state"]})
        return "302 Found", {"Location": f"{values['redirect_uri']}?{query}"}, {}

    def token(self, values: dict[str, str]) -> Answer:
        """Accepts each code once, from the client that requested it, with the PKCE proof."""
        asked = self.requests.pop(values["code"], None)
        if (
            asked is None
            or asked["code_challenge"] != challenge(values["code_verifier"])
            or asked["redirect_uri"] != values["redirect_uri"]
            or (values["client_id"], values["client_secret"]) != (CLIENT, SECRET)
        ):
            return "400 Bad Request", {}, {"error": "invalid_grant"}
        token = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": self.id_token()}
        return "200 OK", {}, token

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        return jwt.encode({**claims, **self.claims}, self.key, algorithm="RS256")

    def userinfo(self, values: dict[str, str]) -> Answer:
        if values["authorization"] != f"Bearer {ACCESS_TOKEN}":
            return "401 Unauthorized", {}, {"error": "invalid_token"}
        return "200 OK", {}, self.person


def challenge(verifier: str) -> str:
    """RFC 7636, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *message: object) -> None:
        pass


@contextmanager
def provider_on_loopback() -> Iterator[Provider]:
    provider = Provider()
    with make_server("127.0.0.1", 0, provider, handler_class=QuietHandler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
