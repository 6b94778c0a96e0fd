"""Pictures of recognized pages, upright, stored beside their uploads.

Workers draw them (app.worker.previews), since web processes decode no uploaded files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from app.models import Job, Page, Upload
from app.ocr.errors import OcrError
from app.ocr.picture_sizes import strip_count

from . import exports

THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class Preview:
    """A requested picture.

    stored_name: "" while the picture does not exist. due: whether it will. rotation: of the page.
    is_whole: whether it shows the whole page.
    """

    stored_name: str
    due: bool = False
    rotation: int = 0
    is_whole: bool = True


def preview(*, job: Job, number: int | None, picture: str | int) -> Preview:
    """A picture of a recognized page, the first one by default.

    picture: THUMBNAIL, or the number of a strip from 1. Raises OcrError(not_found) for a page that
    the job does not have and will not get.
    """
    pages = Page.objects.filter(job=job).order_by("number")
    if number is not None:
        pages = pages.filter(number=number)
    page = pages.values_list("number", "width", "height", "tree__rotation").first()
    if page is None and job.ended:
        raise OcrError("not_found", f"Page {number or 1} was not read.")
    if page is None:
        return Preview("", due=True)
    number, width, height, rotation = page
    thumbnail, *strips = stored_names(job.upload_id, number, rotation, strip_count(width, height))
    names: dict[str | int, str] = {THUMBNAIL: thumbnail, **dict(enumerate(strips, 1))}
    if picture not in names:
        raise OcrError("not_found", f"Page {number} has {len(strips)} strips.")
    name = names[picture]
    is_there = default_storage.exists(name)
    is_drawn = is_there and default_storage.size(name) > 0
    return Preview(
        stored_name=name if is_drawn else "",
        due=not is_there and not job.previewed,
        rotation=rotation,
        is_whole=len(strips) == 1,
    )


def stored_names(upload_id: UUID, number: int, rotation: int, strips: int) -> list[str]:
    """Names in the order of Recognizer.previews(): the thumbnail, then the strips from the top."""
    stem = f"{folder(upload_id)}/{number}-{rotation}"
    if strips == 1:
        return [f"{stem}-{THUMBNAIL}", f"{stem}-page"]
    return [f"{stem}-{THUMBNAIL}", *(f"{stem}-strip-{strip}" for strip in range(1, strips + 1))]


def folder(upload_id: UUID) -> str:
    """The upload's folder, two levels deep, so that no folder has many thousand names."""
    return f"previews/{upload_id.hex[-2:]}/{upload_id}"


def store(*, names: list[str], pictures: list[bytes]) -> None:
    """Stores a page's pictures. pictures: [b""] for a page that cannot be drawn, so that no worker
    tries again."""
    if pictures == [b""]:
        pictures = pictures * len(names)
    for name, picture in zip(names, pictures, strict=True):
        default_storage.delete(name)  # left by a worker that was killed here
        default_storage.save(name, ContentFile(picture))


def discard_if_deleted(upload_id: UUID) -> None:
    """Deletes the pictures if their upload was deleted while they were drawn."""
    if not Upload.objects.filter(pk=upload_id).exists():
        exports.delete_rendered(folders=[folder(upload_id)])


def undrawn_pages(job: Job) -> Iterator[tuple[Page, list[str]]]:
    """Pages that lack a picture, with the names of their pictures."""
    for page in Page.objects.filter(job=job).order_by("number").iterator(chunk_size=20):
        strips = strip_count(page.width, page.height)
        names = stored_names(job.upload_id, page.number, page.tree["rotation"], strips)
        if not all(default_storage.exists(name) for name in names):
            yield page, names
