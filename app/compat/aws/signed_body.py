"""Bodies of S3 objects: plain, or in `aws-chunked` chunks with a trailer."""

from __future__ import annotations

from django.http import HttpRequest

from app.ocr.errors import OcrError

UNSIGNED = "UNSIGNED-PAYLOAD"
UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"


def object_bytes(request: HttpRequest) -> bytes:
    """Body without chunk headers.

    Raises OcrError: bad_option for malformed chunks, not_implemented for signed ones.
    """
    kind = request.headers.get("x-amz-content-sha256", "")
    if kind == UNSIGNED_CHUNKS:
        return _joined(request.body)
    if kind.startswith("STREAMING-"):
        raise OcrError("not_implemented", "Chunks with signatures are not served.")
    return request.body


def _joined(body: bytes) -> bytes:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html"""
    chunks, at = [], 0
    while True:
        end = body.find(b"\r\n", at, at + 100)
        try:
            size = int(body[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        start = end + 2
        if size < 0 or start + size > len(body):
            raise OcrError("bad_option", "The chunks of the body are malformed.")
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[start : start + size])
        at = start + size + 2
