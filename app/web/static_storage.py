"""Static files under names that change with their content, with compressed copies."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

COMPRESSED = {".css", ".js", ".svg"}
LEAST_BYTES = 1000  # smaller ones fit into one packet anyway


class ModuleStaticFilesStorage(ManifestStaticFilesStorage):
    """Also rewrites the imports between JavaScript modules, so that no module can be stale.

    nginx (gzip_static) and uWSGI (static-gzip-all) send `name.gz` in the place of `name`.
    """

    support_js_module_import_aggregation = True
    # Only our own scripts are modules. Searching the minified ones of libraries takes ten seconds.
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        ManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Cached: a page names thirty files, and their names change only with a restart."""
        if name not in self.urls:
            self.urls[name] = super().url(name, force)
        return self.urls[name]

    def post_process(self, *args: Any, **options: Any) -> Iterator[Any]:
        """As Django's, then compresses what it has written."""
        written = set()
        for name, hashed, processed in super().post_process(*args, **options):
            yield name, hashed, processed
            if processed is True:
                written.add(hashed)
        for hashed in sorted(written):
            self.compress(hashed)

    def compress(self, name: str) -> None:
        """Writes `name.gz` if that saves bytes. It contains no time stamp, so that equal files have
        equal copies.
        """
        if PurePosixPath(name).suffix not in COMPRESSED:
            return
        with self.open(name) as file:
            content = file.read()
        if len(content) < LEAST_BYTES:
            return
        copy = f"{name}.gz"
        self.delete(copy)
        self._save(copy, ContentFile(gzip.compress(content, 9, mtime=0)))
