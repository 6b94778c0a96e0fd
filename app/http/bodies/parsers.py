"""Parsers of forms, and of bodies that are the file itself (`curl --data-binary @page.png`)."""

from __future__ import annotations

import tempfile
from typing import Any, BinaryIO

from django.core.files import File
from django.http import QueryDict
from rest_framework import parsers
from rest_framework.parsers import BaseParser, DataAndFiles

from app.http.bodies.size import max_file_bytes, read_body
from app.services.submission import uploads

IN_MEMORY = 2_621_440  # bytes; larger bodies go to a temporary file, like Django's uploads
CHUNK = 65_536


class FormParser(parsers.FormParser):
    def parse(
        self, stream: BinaryIO, media_type: str | None = None, parser_context: Any = None
    ) -> QueryDict:
        return QueryDict(read_body(stream, parser_context), encoding=parser_context["encoding"])


class ImageParser(BaseParser):
    media_type = "image/*"

    def parse(
        self, stream: BinaryIO, media_type: str | None = None, parser_context: Any = None
    ) -> DataAndFiles:
        """The body as the file `image`, read up to the caller's limit."""
        limit = max_file_bytes(parser_context["request"])
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by Django
        size = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            uploads.check_size(size, limit)
            spool.write(chunk)
        spool.seek(0)
        file = File(spool, name="")
        file.size = size
        return DataAndFiles({}, {"image": file})


class PdfParser(ImageParser):
    media_type = "application/pdf"


class OctetStreamParser(ImageParser):
    media_type = "application/octet-stream"
