"""Errors that pass by themselves. The caller logs one line and goes on, or answers "try again".

Functions, because the classes depend on settings and on optional packages.
"""

from __future__ import annotations

from django.conf import settings
from django.db import InterfaceError, OperationalError

Errors = tuple[type[Exception], ...]


def transient_errors() -> Errors:
    """Also a full or unplugged disk: a traceback each second would fill it further."""
    return (OSError, *unreachable_errors())


def unreachable_errors() -> Errors:
    """What an unreachable database, cache or bucket raises."""
    return (OperationalError, InterfaceError, *_cache_errors(), *bucket_errors())


def bucket_errors() -> Errors:
    """What an unreachable bucket raises; media in a folder raise OSError."""
    if not settings.MEDIA_S3_BUCKET:
        return ()
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)


def _cache_errors() -> Errors:
    if not settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        return ()
    from redis.exceptions import RedisError

    return (RedisError,)
