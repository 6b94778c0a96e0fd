"""Export in a separate process, which may be killed, for formats that open the upload."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from typing import IO

from app.ocr.errors import OcrError
from app.ocr.tree import page_to_tree
from app.sandbox import interpreter
from app.sandbox.limits import environment
from app.sandbox.messages import ChannelClosed, raise_error, read_message, write_message

from .base import Document, ExportOptions


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of an export. memory_mb: address space of the process; 0 = no limit."""

    seconds: float
    memory_mb: int


def write_isolated(
    format: str,
    document: Document,
    stream: IO[bytes],
    options: ExportOptions,
    limits: Limits,
) -> None:
    """Runs Exporter.write() in a child process and raises its errors.

    Also raises OcrError: export_timeout, out_of_memory, or export_failed if the process died.
    """
    with tempfile.TemporaryFile() as requests, tempfile.NamedTemporaryFile() as written:
        _write_requests(requests, format, document, written.name, options)
        requests.seek(0)
        _run_child(requests, limits)
        with open(written.name, "rb") as file:
            shutil.copyfileobj(file, stream)


def _write_requests(
    file: IO[bytes], format: str, document: Document, target: str, options: ExportOptions
) -> None:
    """Writes a message about the document, then one for each page."""
    head = {
        "format": format,
        "target": target,
        "options": asdict(options),
        "title": document.title,
        "created": document.created.isoformat(),
        "parts": [
            {
                "file_name": part.file_name,
                "source": str(part.source) if part.source else None,
                "media_type": part.media_type,
                "password": part.password,
                "corrected_text": part.corrected_text,
                "pages": len(part.pages),
            }
            for part in document.parts
        ],
    }
    pages = (page_to_tree(page) for part in document.parts for page in part.pages)
    for values in (head, *pages):
        write_message(file, values)


def _run_child(requests: IO[bytes], limits: Limits) -> None:
    """Raises the OcrError that the process answers with, or one about its death."""
    command = interpreter.command("app.exports.child", os.getpid(), limits.memory_mb)
    # A file, because a compromised process could fill our memory through a pipe.
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(
                command,
                stdin=requests,
                stdout=answer,
                timeout=limits.seconds,
                cwd=interpreter.PROJECT,
                env=environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise OcrError("export_timeout", "Writing this file takes too long.") from None
        answer.seek(0)
        try:
            values, _ = read_message(answer)
        except ChannelClosed:
            values = None
    if ended.returncode or values is None:
        raise OcrError("export_failed", "This file cannot be written: the upload is damaged.")
    raise_error(values)
