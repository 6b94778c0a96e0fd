from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)

T = TypeVar("T")
PAUSE = 0.5


def patiently(write: Callable[[], T]) -> T:
    """Writes a finished result although the database is locked, full or restarting.

    Tries again while the lease may still hold; then the database's error is raised. `write` must
    be a transaction of its own, so that a failed try has left nothing.
    """
    deadline = time.monotonic() + settings.LEASE_SECONDS
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            logger.warning("waiting for the database: %s", error)
            connection.close()
            time.sleep(PAUSE)
