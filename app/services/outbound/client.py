"""One HTTP request to a checked and pinned address, with limits on size, time and redirects."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from app.ocr.errors import OcrError, millions

from .addresses import Target, resolve
from .deadline import cut_off_at

AGENT = "onlineocr"
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Answer:
    """headers: names in lower case. url: the last one, after redirects."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str


def request(
    method: str,
    url: str,
    *,
    content: bytes = b"",
    headers: Mapping[str, str] | None = None,
    max_bytes: int,
    seconds: float,
    redirects: int = 0,
) -> Answer:
    """The answer, with any status. Every redirect is checked like the URL itself.

    seconds: limit for everything together. Raises OcrError: bad_url, unreachable_url (refused,
    interrupted, too slow, too many redirects), file_too_large.
    """
    deadline = time.monotonic() + seconds
    for _ in range(redirects + 1):
        answer = _request_once(method, url, content, headers or {}, max_bytes, deadline)
        if redirects == 0 or answer.status not in REDIRECTS or "location" not in answer.headers:
            return answer
        url = urljoin(url, answer.headers["location"])
    raise _unreachable("it redirects too often")


def _request_once(
    method: str,
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    max_bytes: int,
    deadline: float,
) -> Answer:
    target = resolve(url)
    timeout = httpx.Timeout(max(0.1, deadline - time.monotonic()))
    try:
        # trust_env: a proxy from the environment would resolve the host again.
        with (
            cut_off_at(deadline) as trace,
            httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client,
        ):
            prepared = client.build_request(
                method,
                _pinned_url(target),
                content=content,
                headers={"User-Agent": AGENT, **headers, "Host": target.netloc},
                # The certificate must be the host's, although the connection is to an address.
                extensions={"sni_hostname": target.host, "trace": trace},
            )
            response = client.send(prepared, stream=True)
            body = _read(response, max_bytes, deadline)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unreachable(type(error).__name__) from error
    return Answer(response.status_code, dict(response.headers), body, url)


def _pinned_url(target: Target) -> str:
    address = f"[{target.address}]" if ":" in target.address else target.address
    parts = target.url._replace(netloc=f"{address}:{target.port}", fragment="")
    return parts.geturl()


def _read(response: httpx.Response, max_bytes: int, deadline: float) -> bytes:
    body = bytearray()
    with closing(response):
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > max_bytes:
                message = f"The answer is larger than {max_bytes} bytes."
                raise OcrError("file_too_large", message, details={"limit": millions(max_bytes)})
            if time.monotonic() > deadline:
                raise _unreachable("it takes too long")
    return bytes(body)


def _unreachable(reason: str) -> OcrError:
    return OcrError("unreachable_url", f"The URL could not be read: {reason}.", permanent=False)
