from __future__ import annotations

from collections.abc import Iterable, Iterator

from .archives import check_limits, files_of_zip, is_zip
from .files import BatchFile


def unpacked(
    files: Iterable[BatchFile], *, max_bytes: int, count: int = 0, size: int = 0
) -> Iterator[BatchFile]:
    """Archives as the files in them, everything else as it is.

    max_bytes: limit of one file. count, size: what the batch has already, in files and bytes.
    Raises OcrError for the batch as a whole: bad_archive, too_many_files, file_too_large.
    """
    for file in files:
        inside: Iterable[BatchFile] = [file]
        if file.content and is_zip(file.content):
            inside = files_of_zip(file.content, max_bytes=max_bytes)
        for one in inside:
            count += 1
            size += one.content.size if one.content else 0
            check_limits(count=count, size=size)
            yield one
