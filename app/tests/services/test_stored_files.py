from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.test import override_settings

from app.models import Upload
from app.ocr.errors import OcrError
from app.services.stored_files import local_path

BUCKET = {"default": {"BACKEND": f"{__name__}.BucketStorage"}}


class BucketStorage(Storage):
    """Has no path in the file system, like S3: path() raises NotImplementedError."""

    contents: ClassVar[dict[str, bytes]] = {}

    def _save(self, name: str, content: File) -> str:
        self.contents[name] = content.read()
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        if name not in self.contents:
            raise FileNotFoundError(name)
        return ContentFile(self.contents[name])

    def exists(self, name: str) -> bool:
        return name in self.contents

    def delete(self, name: str) -> None:
        del self.contents[name]


def stored(content: bytes = b"content") -> Upload:
    upload = Upload(name="a.png")
    upload.file.save("a.png", ContentFile(content), save=False)
    return upload


def test_local_file_is_opened_where_it_lies(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = stored()
    with local_path(upload.file) as path:
        assert path == Path(upload.file.path)


def test_file_in_a_bucket_is_copied_for_as_long_as_it_is_needed():
    with override_settings(STORAGES=BUCKET):
        with local_path(stored().file) as path:
            assert path.read_bytes() == b"content"
            assert path.suffix == ".png"
        assert not path.exists()


@pytest.mark.parametrize("in_bucket", [True, False])
def test_missing_file(settings, tmp_path, in_bucket):
    settings.MEDIA_ROOT = tmp_path
    with override_settings(STORAGES=BUCKET if in_bucket else settings.STORAGES):
        upload = stored()
        upload.file.storage.delete(upload.file.name)
        with pytest.raises(OcrError) as caught, local_path(upload.file):
            pass
    assert caught.value.code == "not_found"
