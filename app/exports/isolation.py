"""Has a format that opens the sender's file write in a process of its own, which may be killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from app.ocr.errors import OcrError
from app.ocr.tree import page_to_tree
from app.sandbox import limits as sandbox

from .base import Document, ExportOptions

PROJECT = Path(__file__).resolve().parents[2]
# In a process of uWSGI sys.executable is uWSGI; the environment's Python is beside it.
PYTHON = Path(sys.prefix, "bin", "python") if "uwsgi" in sys.modules else Path(sys.executable)


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: for the whole export. memory_mb: address space of the process; 0 = no limit."""

    seconds: float
    memory_mb: int


def write_isolated(
    format: str,
    document: Document,
    stream: IO[bytes],
    options: ExportOptions,
    limits: Limits,
) -> None:
    """Exporter.write(), with what the exporter raises.

    Also raises OcrError: export_timeout, out_of_memory, export_failed where the process died.
    """
    with tempfile.TemporaryFile() as request, tempfile.NamedTemporaryFile() as written:
        _write_request(request, format, document, written.name, options)
        request.seek(0)
        error = _run_child(request, limits)
        if error:
            raise OcrError(error["code"], error["message"])
        with open(written.name, "rb") as file:
            shutil.copyfileobj(file, stream)


def _write_request(
    file: IO[bytes], format: str, document: Document, target: str, options: ExportOptions
) -> None:
    """A line of JSON about the document, then a line for each page."""
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
    for line in (head, *pages):
        file.write(json.dumps(line).encode("ascii") + b"\n")


def _run_child(request: IO[bytes], limits: Limits) -> dict[str, str]:
    """The error it answers with, or nothing."""
    command = [
        str(PYTHON),
        "-m",
        "app.exports.child",
        str(os.getpid()),
        str(limits.memory_mb),
    ]
    try:
        ended = subprocess.run(
            command,
            stdin=request,
            stdout=subprocess.PIPE,
            timeout=limits.seconds,
            cwd=PROJECT,
            env=sandbox.environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OcrError("export_timeout", "Writing this file takes too long.") from None
    if ended.returncode:
        raise OcrError("export_failed", "This file cannot be written: the upload is damaged.")
    answer: dict[str, str] = json.loads(ended.stdout)
    return answer
