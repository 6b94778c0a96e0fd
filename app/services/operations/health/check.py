from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection

from app.media_storage import BUCKET_ERRORS
from app.ocr.errors import OcrError

logger = logging.getLogger(__name__)

SECONDS = 2.0
# Whoever asks again within this time gets the same answer: anybody may ask, as often as they like.
FRESH_SECONDS = 1.0


class CheckFailed(Exception):
    """The message says what is missing, for the log."""


FAULTS: tuple[type[Exception], ...] = (
    CheckFailed,
    DatabaseError,
    OcrError,
    OSError,
    *BUCKET_ERRORS,
)


class Check:
    """Runs an action that may hang (a network folder, a database) in a thread, for `seconds`.

    While an earlier run hangs no further one is started: a folder that hangs for hours costs one
    thread, not one for each question.
    """

    def __init__(self, name: str, action: Callable[[], None], *, seconds: float = SECONDS) -> None:
        self.name = name
        self.action = action
        self.seconds = seconds
        self._thread: threading.Thread | None = None
        self._passed = False
        self._fresh_until = 0.0
        self._lock = threading.Lock()

    def passes(self) -> bool:
        """False also when it took too long. The reason is logged."""
        with self._lock:
            if self._hangs():
                return False
            if time.monotonic() < self._fresh_until:
                return self._passed
            self._passed = False
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()
            self._thread.join(self.seconds)
            if self._hangs():
                logger.error("health: %s takes longer than %g s", self.name, self.seconds)
                return False
            self._fresh_until = time.monotonic() + FRESH_SECONDS
            return self._passed

    def forget(self) -> None:
        """The next question runs the action again."""
        self._fresh_until = 0.0

    def _hangs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.action()
            self._passed = True
        except FAULTS as error:
            logger.error("health: %s: %s", self.name, error)
        finally:
            connection.close()
