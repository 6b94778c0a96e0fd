"""The recognizing process: reads pages on request; it may crash or be killed at any time.

It knows no Django, no database and no secrets, because it decodes uploads. Requests and answers are
messages of app.sandbox.messages: {"call", "file", "options", …, "log"} and the call's result, or
{"error"}. The pixels of a recognized page are kept until the next call, which may draw its
pictures.

Run by app.worker.process as `python -m app.worker.child <socket descriptor>`.
"""

from __future__ import annotations

import gc
import logging
import logging.config
import os
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from io import BufferedRWPair
from typing import Any

from app.engines.base import EngineConfig
from app.engines.runtime.cores import use_cores
from app.logs import log_context, logging_config
from app.ocr.errors import OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import Drawing
from app.ocr.tree import page_to_tree
from app.recognition.libraries import configure_libraries, release_memory
from app.sandbox.child import answer, confine
from app.sandbox.messages import (
    ChannelClosed,
    Message,
    error_message,
    read_message,
    write_message,
)

logger = logging.getLogger(__name__)

OUT_OF_MEMORY = "The page needs more memory than the site allows."
FAILED = OcrError("engine_failed", "The engine failed on this file.")


def main(descriptor: int) -> None:
    # Ctrl-C reaches the whole process group, but the worker decides when this process stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    form, level = os.environ.get("LOG_FORMAT", "line"), os.environ.get("LOG_LEVEL", "INFO")
    logging.config.dictConfig(logging_config(form=form, level=level))
    with socket.socket(fileno=descriptor) as connection, connection.makefile("rwb") as channel:
        setup, _ = read_message(channel)
        if not confine(parent=setup["parent"], memory_mb=setup["memory_mb"]):
            logger.info("recognizing with network access: this system does not let us leave it")
        recognizer = _recognizer(setup["recognizer"], EngineConfig.from_json(setup["config"]))
        # Load while nothing waits; an error occurs again at the first page that needs the models.
        # In this thread, because ONNX Runtime's first network sets how it treats denormal numbers.
        loaded, _ = call(recognizer, {"call": "warm_up"})
        if "error" in loaded:
            logger.error("could not be loaded in advance: %s", loaded["error"]["message"])
        # Loaded objects stay: searching them for garbage takes a tenth of the time of a page's
        # layout.
        gc.freeze()
        serve(channel, recognizer)


def serve(channel: BufferedRWPair, recognizer: Any) -> None:
    """Answers requests until the worker closes the channel."""
    while True:
        try:
            request, _ = read_message(channel)
        except ChannelClosed:
            return
        with log_context(**request.pop("log")):
            values, blobs = call(recognizer, request)
            write_message(channel, values, blobs)
        if "page" not in values or request["drawing"] == Drawing.NONE:
            release_memory()  # else the pixels are still needed for the page's pictures


def call(recognizer: Any, request: dict[str, Any]) -> Message:
    """The answer to one request."""
    name = request["call"]
    try:
        return answer(lambda: CALLS[name](recognizer, request), out_of_memory=OUT_OF_MEMORY)
    except Exception:
        # The worker records the job as failed; only the log has the reason.
        logger.exception("%s failed", name)
        return error_message(FAILED)


def _page_numbers(recognizer: Any, request: dict[str, Any]) -> Message:
    return {"numbers": recognizer.page_numbers(_file(request), _options(request))}, ()


def _recognize(recognizer: Any, request: dict[str, Any]) -> Message:
    with use_cores(request["cores"]):
        page = recognizer.recognize(_file(request), request["number"], _options(request))
    return {"page": page_to_tree(page)}, ()


def _previews(recognizer: Any, request: dict[str, Any]) -> Message:
    """No pictures if they are wanted only of the pixels of the page that was read last."""
    if request["drawing"] == Drawing.IF_DECODED and not recognizer.has_pixels:
        return {}, ()
    pictures = recognizer.previews(
        _file(request),
        request["number"],
        rotation=request["rotation"],
        size=tuple(request["size"]),
    )
    return {}, pictures


def _warm_up(recognizer: Any, request: dict[str, Any]) -> Message:
    recognizer.warm_up()
    return {}, ()


CALLS: dict[str, Callable[[Any, dict[str, Any]], Message]] = {
    "warm_up": _warm_up,
    "page_numbers": _page_numbers,
    "recognize": _recognize,
    "previews": _previews,
}


def _file(request: dict[str, Any]) -> SourceFile:
    return SourceFile.from_json(request["file"])


def _options(request: dict[str, Any]) -> Options:
    return Options.from_json(request["options"])


def _recognizer(dotted_name: str, config: EngineConfig) -> Any:
    """An instance of the class; engines load their models when they are first used."""
    configure_libraries(threads=1)
    module, _, name = dotted_name.rpartition(".")
    return getattr(import_module(module), name)(config)


if __name__ == "__main__":
    main(int(sys.argv[1]))
    os._exit(0)  # do not wait for the engines' own threads and destructors
