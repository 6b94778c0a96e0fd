"""Download of the publishers' recognizers of single scripts, each checked by its SHA-256.

Only the site's operator calls this, by `manage.py models`; nothing is fetched at run time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from app.engines.paddleocr.published.listing import (
    FOLDER_KEY,
    SETTING,
    PublishedModel,
    published_models,
)
from app.services.engine_settings import engine_config

SECONDS = 60.0
CHUNK = 1 << 20
# The published files have 8 to 17 MB; a longer download is discarded.
MOST_BYTES = 200 << 20
# Room that must remain on the disk after the download.
SPARE_BYTES = 50 << 20


class FetchFailed(Exception):
    """The message says why, for the operator."""


def model_folder() -> Path:
    """The site's model folder. Raises FetchFailed if the site names none."""
    folder = engine_config().model_dirs.get(FOLDER_KEY)
    if folder is None:
        raise FetchFailed(f"Name the folder of the models: {SETTING}, or --folder.")
    return folder


def chosen(names: list[str]) -> list[PublishedModel]:
    """The models with these names, or all if there are none. Raises FetchFailed for an unknown
    name, or without a list."""
    known = {each.name: each for each in published_models()}
    if not known:
        raise FetchFailed("The package rapidocr, which brings the list of models, is missing.")
    for name in names:
        if name not in known:
            raise FetchFailed(f"No model {name}. Known: {', '.join(known)}.")
    return [known[name] for name in names or known]


def fetch(
    model: PublishedModel, folder: Path, *, mirror: str = "", source: Path | None = None
) -> bool:
    """Fetches a model. False if the file already existed with the right checksum.

    mirror: replaces the publisher's URL up to the version. source: folder to copy from instead.
    Raises FetchFailed and then leaves the folder unchanged.
    """
    if model.state_in(folder) == "complete":
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _part_file(folder / model.file_name) as part:
            chunks = (
                _copied(source / model.file_name) if source else _downloaded(_url(model, mirror))
            )
            _write(part, chunks, model)
    except OSError as error:
        raise FetchFailed(f"{model.file_name}: {error.strerror or error}") from error
    return True


def _url(model: PublishedModel, mirror: str) -> str:
    """The publisher's URL, or the mirror's with the path below the version
    (onnx/PP-OCRv5/rec/...)."""
    if not mirror:
        return model.url
    path = urlsplit(model.url).path
    return f"{mirror.rstrip('/')}/onnx/{path.partition('/onnx/')[2]}"


@contextmanager
def _part_file(target: Path) -> Iterator[Path]:
    """A file beside the target that replaces it in the end, or is removed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, chunks: Iterator[bytes], model: PublishedModel) -> None:
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise FetchFailed(f"{model.file_name}: over {MOST_BYTES >> 20} MB were sent.")
            _require_room(part.parent, len(chunk))
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != model.sha256:
        raise FetchFailed(
            f"{model.file_name}: wrong checksum, {digest.hexdigest()} of {size} bytes instead of "
            f"{model.sha256}. The file was not kept."
        )


def _require_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + SPARE_BYTES:
        raise FetchFailed(f"{folder}: only {free >> 20} MB are free.")


def _copied(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stored:
        while chunk := stored.read(CHUNK):
            yield chunk


def _downloaded(url: str) -> Iterator[bytes]:
    """The downloaded bytes. Raises FetchFailed if the download is refused or interrupted."""
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                raise FetchFailed(f"{url}: the server answers {response.status_code}.")
            yield from response.iter_bytes(CHUNK)
    except httpx.HTTPError as error:
        raise FetchFailed(f"{url}: {error or type(error).__name__}") from error
    except httpx.InvalidURL as error:
        raise FetchFailed(f"{url}: {error}") from error
