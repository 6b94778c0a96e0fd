"""Bucket objects that requests name: entries stored under a key, else uploads by name."""

from __future__ import annotations

from pathlib import PurePosixPath

from rest_framework.request import Request

from app.models import Job, Upload
from app.services.history import lookups


def object_title(bucket: str, key: str) -> str:
    """The title of the entry that holds an object."""
    return f"s3://{bucket}/{key}"


def put_object(request: Request, bucket: str, key: str) -> Job | None:
    """Entry of the object that the caller stored under that key."""
    return lookups.own_titled(owner=request.user, title=object_title(bucket, key))


def find_upload(request: Request, bucket: str, key: str) -> Upload | None:
    """The object, else the caller's upload whose file name or id is the key or its last part."""
    if (job := put_object(request, bucket, key)) is not None:
        return job.upload
    for name in dict.fromkeys((key, PurePosixPath(key).name)):
        if (found := lookups.own_upload(owner=request.user, name=name)) is not None:
            return found
    return None
