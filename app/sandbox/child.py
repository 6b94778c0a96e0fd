"""The child's side of the sandbox: drops its rights, then turns errors into answers."""

from __future__ import annotations

from collections.abc import Callable

from app.ocr.errors import OcrError

from .limits import die_with_parent, leave_network, limit_memory
from .messages import Message, error_message


def confine(*, parent: int, memory_mb: int) -> bool:
    """Drops rights; must be called before reading the upload. False if the network remains.

    parent: id of the parent process, with which this process ends. memory_mb: 0 = no limit.
    """
    die_with_parent(parent)
    left = leave_network()
    limit_memory(memory_mb)
    return left


def answer(call: Callable[[], Message], *, out_of_memory: str) -> Message:
    """The call's message, or one about its error. out_of_memory: text of that error.

    Other exceptions are bugs; each kind of child handles them itself.
    """
    try:
        return call()
    except OcrError as error:
        return error_message(error)
    except MemoryError:
        return error_message(OcrError("out_of_memory", out_of_memory))
