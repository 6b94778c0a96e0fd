"""Errors that pass by themselves. The caller logs one line and continues, or answers "try again".

Functions, because the classes depend on settings and on optional packages.
"""

from __future__ import annotations

from django.conf import settings
from django.db import InterfaceError, OperationalError

Errors = tuple[type[Exception], ...]


def transient_errors() -> Errors:
    """Errors that pass, including a full or unplugged disk, which a traceback each second would
    fill."""
    return (OSError, *unreachable_errors())


def unreachable_errors() -> Errors:
    """Errors of an unreachable database, cache or bucket."""
    return (OperationalError, InterfaceError, *_cache_errors(), *bucket_errors())


def bucket_errors() -> Errors:
    """Errors of an unreachable bucket; media in a folder raise OSError."""
    if not settings.MEDIA_S3_BUCKET:
        return ()
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)


def _cache_errors() -> Errors:
    if not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        return ()
    from redis.exceptions import RedisError

    return (RedisError,)
