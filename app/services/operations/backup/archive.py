"""Format of a backup: a plain tar whose last member is a manifest with SHA-256 of the others."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import IO, Any

DATABASE, MEDIA, SECRET_KEY, MANIFEST = "database", "media", "secret_key", "manifest.json"
FORMAT = 1
CHUNK = 1 << 20


def is_ours(name: str) -> bool:
    """Whether a name in the media folder is neither hidden, half-written nor the file system's
    own."""
    return not name.startswith(".") and not name.endswith(".part") and name != "lost+found"


class BackupDamaged(Exception):
    """The file is no backup, is incomplete, or was changed since it was made."""


class HashingReader(io.RawIOBase):
    """A file that is hashed while tarfile reads it, so that it is read only once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.sha256.update(chunk)
        return chunk


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.hashes: dict[str, str] = {}

    def add(self, path: Path, name: str) -> None:
        """Adds a file, unless it was deleted meanwhile."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return
        with file:
            reader = HashingReader(file)
            self.tar.addfile(self.tar.gettarinfo(arcname=name, fileobj=file), reader)
            self.hashes[name] = reader.sha256.hexdigest()

    def finish(self, **origin: str) -> None:
        manifest = {"format": FORMAT, **origin, "sha256": self.hashes}
        content = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        self.tar.addfile(info, io.BytesIO(content))


def verify(path: Path) -> dict[str, Any]:
    """The manifest of a complete and unchanged backup. Raises BackupDamaged."""
    hashes, manifest = {}, None
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                if file is None:
                    raise BackupDamaged(f"{member.name} is no file")
                if member.name == MANIFEST:
                    manifest = json.load(file)
                else:
                    hashes[member.name] = _sha256(file)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BackupDamaged(str(error)) from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise BackupDamaged("it has no manifest that this version knows: it was cut off")
    _compare(manifest["sha256"], hashes)
    return dict(manifest)


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _compare(expected: dict[str, str], found: dict[str, str]) -> None:
    different = sorted(
        name for name in {*expected, *found} if expected.get(name) != found.get(name)
    )
    if different:
        raise BackupDamaged(f"{len(different)} files differ, such as {different[0]}")
