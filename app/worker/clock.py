"""Suspension of deletions by age while the clock may be wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

MAX_JUMP = 3600
HOLD = 24 * 3600

logger = logging.getLogger(__name__)


class PauseAfterClockJump:
    """Calls `action`, except within a day after the clock was set forward by more than an hour.

    After such a jump everything looks older than it is, and deletions cannot be undone when the
    clock is corrected. A day gives people time to notice. The jump is measured as the clock's
    advance over the machine's running time, including sleep; a process that starts after a jump
    does not see it.
    """

    def __init__(self, action: Callable[[], object]) -> None:
        self.action = action
        self.__name__ = action.__name__
        self.ahead_when_right = self.ahead_last = _ahead()
        self.held_until = 0.0

    def __call__(self) -> object:
        ahead, now = _ahead(), _running()
        if ahead - self.ahead_last > MAX_JUMP:
            self.held_until = now + HOLD
        self.ahead_last = ahead
        jump = ahead - self.ahead_when_right
        if jump > MAX_JUMP and now < self.held_until:
            logger.error(
                "the clock went forward by %d s; %s waits for %d hours, or until it is set back",
                jump,
                self.__name__,
                HOLD // 3600,
            )
            return None
        self.ahead_when_right = ahead
        return self.action()


def _running() -> float:
    """Seconds since the machine was started, independent of the clock."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _ahead() -> float:
    """Seconds that grow only when the clock is set forward, and shrink when it is set back."""
    return time.time() - _running()
