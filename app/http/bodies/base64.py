"""Files sent as base64 text or as data URIs."""

from __future__ import annotations

import base64
import binascii
import re

DATA_URI = re.compile(r"^data:[\w.+/-]*(?:;[\w=.+-]+)*;base64,", re.ASCII | re.IGNORECASE)


def decode_base64(text: str) -> bytes:
    """Decodes standard or URL-safe base64, with or without padding, line breaks and a data: prefix.

    Raises ValueError.
    """
    prefix = DATA_URI.match(text)
    payload = "".join((text[prefix.end() :] if prefix else text).split())
    payload = payload.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(payload + "=" * (-len(payload) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
