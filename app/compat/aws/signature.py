"""Verification of AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.http import HttpRequest

from app.ocr.errors import OcrError

from .signed_body import UNSIGNED, UNSIGNED_CHUNKS

ALGORITHM = "AWS4-HMAC-SHA256"
AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<key_id>[\w-]+)/(?P<day>\d{{8}})/(?P<region>[\w-]+)/"
    r"(?P<service>\w+)/aws4_request, ?SignedHeaders=(?P<headers>[\w;-]+), ?"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)
CLOCK_SKEW = timedelta(minutes=15)
# Without these a captured signature would be valid for other requests.
ALWAYS_SIGNED = {"host", "x-amz-date"}


@dataclass(frozen=True, slots=True)
class Signature:
    """The parts of an Authorization header, unverified."""

    key_id: str
    day: str
    region: str
    service: str
    headers: str
    signature: str

    @classmethod
    def of(cls, request: HttpRequest) -> Signature:
        """Raises OcrError: key_missing, bad_signature."""
        authorization = request.headers.get("Authorization", "")
        if not authorization:
            raise OcrError("key_missing", "Request is missing Authentication Token")
        match = AUTHORIZATION.fullmatch(authorization)
        if match is None:
            raise bad_signature("The Authorization header is not AWS Signature Version 4.")
        return cls(**match.groupdict())

    def verify(self, request: HttpRequest, secret: str) -> None:
        """Raises OcrError(bad_signature) for another secret or request, or an old date."""
        if not set(self.headers.split(";")) >= ALWAYS_SIGNED:
            raise bad_signature("“host” and “x-amz-date” must be signed headers.")
        self._check_time(request)
        text = self._text_to_sign(request)
        expected = hmac.new(self._signing_key(secret), text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, self.signature):
            raise bad_signature(
                "The request signature we calculated does not match the signature you provided. "
                "Check your AWS Secret Access Key and signing method."
            )

    def _check_time(self, request: HttpRequest) -> None:
        try:
            sent = datetime.strptime(request.headers.get("X-Amz-Date", ""), "%Y%m%dT%H%M%SZ")
        except ValueError:
            raise bad_signature("“x-amz-date” must be a time such as 20261121T101500Z.") from None
        if abs(datetime.now(UTC) - sent.replace(tzinfo=UTC)) > CLOCK_SKEW:
            raise bad_signature("Signature expired: the clocks differ by more than 15 minutes.")
        if f"{sent:%Y%m%d}" != self.day:
            raise bad_signature("The credential's date is not the request's.")

    def _text_to_sign(self, request: HttpRequest) -> str:
        scope = f"{self.day}/{self.region}/{self.service}/aws4_request"
        digest = hashlib.sha256(self._canonical_request(request).encode()).hexdigest()
        return "\n".join((ALGORITHM, request.headers["X-Amz-Date"], scope, digest))

    def _canonical_request(self, request: HttpRequest) -> str:
        headers = "".join(
            f"{name}:{' '.join(request.headers.get(name, '').split())}\n"
            for name in self.headers.split(";")
        )
        body_digest = self._body_digest(request)
        path, query = quote(request.path, safe="/~"), _canonical_query(request)
        return "\n".join((str(request.method), path, query, headers, self.headers, body_digest))

    def _body_digest(self, request: HttpRequest) -> str:
        """S3 clients may leave the body unsigned if they sign the header that says so."""
        stated = request.headers.get("x-amz-content-sha256", "")
        unsigned = stated in (UNSIGNED, UNSIGNED_CHUNKS) and self.service == "s3"
        if unsigned and "x-amz-content-sha256" in self.headers.split(";"):
            return stated
        return hashlib.sha256(request.body).hexdigest()

    def _signing_key(self, secret: str) -> bytes:
        key = f"AWS4{secret}".encode()
        for part in (self.day, self.region, self.service, "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key


def _canonical_query(request: HttpRequest) -> str:
    pairs = sorted(
        (quote(name, safe="~"), quote(value, safe="~"))
        for name, values in request.GET.lists()
        for value in values
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


def bad_signature(message: str) -> OcrError:
    return OcrError("bad_signature", message)
