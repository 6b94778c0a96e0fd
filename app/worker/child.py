"""The recognizing process: reads pages when told to, may crash or be killed at any time.

Knows no Django, no database and no secrets, because it decodes files of strangers. Requests are
pickled calls from the worker, which it trusts; answers are JSON, because nobody trusts it.

Run by app.worker.process as `python -m app.worker.child <socket fd>`.
"""

from __future__ import annotations

import json
import logging
import logging.config
import os
import signal
import sys
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from app.engines.base import EngineConfig
from app.logs import about, logging_config
from app.ocr.errors import OcrError
from app.ocr.result import Page
from app.ocr.tree import page_to_tree
from app.sandbox.limits import die_with_parent, leave_network, limit_memory

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """First message to the process. recognizer: dotted class name; memory_mb: 0 = no limit."""

    recognizer: str
    config: EngineConfig
    memory_mb: int
    parent: int


def main(descriptor: int) -> None:
    # Ctrl-C reaches the whole group: the worker decides when this process stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    form, level = os.environ.get("LOG_FORMAT", "line"), os.environ.get("LOG_LEVEL", "INFO")
    logging.config.dictConfig(logging_config(form=form, level=level))
    with Connection(descriptor) as connection:
        setup: Setup = connection.recv()
        die_with_parent(setup.parent)
        limit_memory(setup.memory_mb)
        if not leave_network():
            logger.info("recognizing with network access: this system does not let us leave it")
        serve(connection, _recognizer(setup))


def serve(connection: Connection, recognizer: Any) -> None:
    """Answers calls until the other side closes: a method, its arguments, ids for the log."""
    while True:
        try:
            method, args, kwargs, ids = connection.recv()
        except EOFError:
            return
        with about(**ids):
            head, files = call(recognizer, method, args, kwargs)
        connection.send_bytes(json.dumps(head).encode("ascii"))
        for file in files:
            connection.send_bytes(file)


Answer = tuple[dict[str, Any], list[bytes]]


def call(recognizer: Any, method: str, args: Any, kwargs: Any) -> Answer:
    """A JSON head with `page`, `value`, `error` or the number of `files`, and these files."""
    try:
        value = getattr(recognizer, method)(*args, **kwargs)
    except OcrError as error:
        return _error(error.code, error.message, permanent=error.permanent)
    except MemoryError:
        return _error("out_of_memory", "The page needs more memory than the site allows.")
    except Exception:
        # The worker records the job as failed; the reason stays in the log.
        logger.exception("%s failed", method)
        return _error("engine_failed", "The engine failed on this file.")
    if isinstance(value, Page):
        return {"page": page_to_tree(value)}, []
    if method == "previews":
        return {"files": len(value)}, value
    return {"value": value}, []


def _error(code: str, message: str, *, permanent: bool = True) -> Answer:
    return {"error": {"code": code, "message": message, "permanent": permanent}}, []


def _recognizer(setup: Setup) -> Any:
    module, _, name = setup.recognizer.rpartition(".")
    return getattr(import_module(module), name)(setup.config)


if __name__ == "__main__":
    main(int(sys.argv[1]))
    os._exit(0)  # engines' own threads and destructors are not waited for
