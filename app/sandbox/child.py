"""The child's side of a sandbox: it gives up its rights, then turns errors into answers."""

from __future__ import annotations

from collections.abc import Callable

from app.ocr.errors import OcrError

from .limits import die_with_parent, leave_network, limit_memory
from .messages import Message, error_message


def confine(*, parent: int, memory_mb: int) -> bool:
    """Call it before anything of the upload is read. False where the network cannot be left.

    parent: process id of the starter, with which this process ends. memory_mb: 0 = no limit.
    """
    die_with_parent(parent)
    left = leave_network()
    limit_memory(memory_mb)
    return left


def answer(call: Callable[[], Message], *, out_of_memory: str) -> Message:
    """The call's message, or that of its error. out_of_memory: the text for that error.

    Other exceptions are faults of the code; each kind of child treats them in its own way.
    """
    try:
        return call()
    except OcrError as error:
        return error_message(error)
    except MemoryError:
        return error_message(OcrError("out_of_memory", out_of_memory))
