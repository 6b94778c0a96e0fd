"""Messages between a process and its sandboxed child: JSON with binary attachments.

A message is one part of ASCII JSON, whose key "blobs" gives the number of binary parts that follow.
Each part is preceded by its length, 4 bytes in network order. Both directions use this form:
decoding it never runs code of the other side, as that of serialized Python objects may.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from app.ocr.errors import OcrError

LENGTH = struct.Struct("!I")
# Limit of one message in bytes, so that a compromised child cannot fill its parent's memory.
MAX_BYTES = 256 << 20

Message = tuple[dict[str, Any], Sequence[bytes]]


class ChannelClosed(Exception):
    """The other side has closed the channel or sent an invalid message."""


class Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Writer(Protocol):
    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> object: ...


def encode(values: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    head = json.dumps({**values, "blobs": len(blobs)}).encode("ascii")
    return b"".join(LENGTH.pack(len(part)) + part for part in (head, *blobs))


def write_message(stream: Writer, values: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> None:
    stream.write(encode(values, blobs))
    stream.flush()


def read_message(stream: Reader) -> Message:
    """The next message. Raises ChannelClosed."""
    head = _read_part(stream, MAX_BYTES)
    try:
        values = dict(json.loads(head))
        count = int(values.pop("blobs"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ChannelClosed("no JSON") from None
    blobs: list[bytes] = []
    left = MAX_BYTES - len(head)
    for _ in range(count):
        blobs.append(_read_part(stream, left))
        left -= LENGTH.size + len(blobs[-1])
    return values, blobs


def error_message(error: OcrError) -> Message:
    """Answer to a call that raised this error."""
    names = ("code", "message", "permanent", "details")
    return {"error": {name: getattr(error, name) for name in names}}, ()


def raise_error(values: Mapping[str, Any]) -> None:
    """Raises the OcrError in an answer, if there is one."""
    if "error" in values:
        raise OcrError(**values["error"])


def _read_part(stream: Reader, limit: int) -> bytes:
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise ChannelClosed("end of the messages")
    [length] = LENGTH.unpack(header)
    if length > limit:
        raise ChannelClosed(f"a message of more than {MAX_BYTES} bytes")
    part = stream.read(length)
    if len(part) < length:
        raise ChannelClosed("a message that was cut off")
    return part
