"""Remote control of one recognizing process: starts it, asks it, kills it when it must go."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.engines.base import EngineConfig
from app.logs import current
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.options import Options
from app.ocr.result import Page
from app.ocr.tree import page_from_tree
from app.sandbox import limits
from app.services.operations import metrics

from .child import Setup

logger = logging.getLogger(__name__)

MAX_ANSWER = 256 << 20  # bytes; a process that was taken over cannot fill the worker's memory
TICK = 0.25  # seconds between looks at the clock and the heartbeat
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class ProcessConfig:
    """recognizer: dotted class name. page_seconds: limit of one call. memory_mb: address space."""

    engine: EngineConfig
    recognizer: str
    page_seconds: float
    memory_mb: int


class RecognizerProcess:
    """Has Recognizer's methods and is used by one thread; the process starts when it is needed.

    Raises EngineCrashed where the process died, OcrError(page_timeout) where it was too slow.
    """

    def __init__(self, config: ProcessConfig) -> None:
        self.config = config
        self.watch: Callable[[], None] = lambda: None
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def page_numbers(self, path: Path, media_type: str, options: Options) -> tuple[int, ...]:
        head = self._call("page_numbers", path, media_type, options)
        return tuple(int(number) for number in head["value"])

    def recognize(self, path: Path, media_type: str, number: int, options: Options) -> Page:
        return page_from_tree(self._call("recognize", path, media_type, number, options)["page"])

    def previews(self, path: Path, media_type: str, number: int, **how: Any) -> list[bytes]:
        head = self._call("previews", path, media_type, number, **how)
        return [self._receive() for _ in range(head["files"])]

    @contextmanager
    def watched(self, watch: Callable[[], None]) -> Iterator[None]:
        """Meanwhile calls watch() several times a second; what it raises kills the process."""
        self.watch = watch
        try:
            yield
        finally:
            self.watch = lambda: None

    def start(self) -> None:
        """Starts the process, or a new one for one that died."""
        if self._process is not None and self._process.poll() is None:
            return
        self.kill()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.worker.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=PROJECT,
                # One page, one thread: pages run side by side in other processes.
                env=limits.environment(self.config.engine.threads),
            )
        metrics.count_recognizer_start()
        self._connection = Connection(ours.detach())
        self._send(
            Setup(
                recognizer=self.config.recognizer,
                config=self.config.engine,
                memory_mb=self.config.memory_mb,
                parent=os.getpid(),
            )
        )

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def kill(self) -> None:
        """Ends the process at once, busy or not."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None

    def _call(self, method: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.start()
        self._send((method, args, kwargs, current()))
        try:
            head: dict[str, Any] = json.loads(self._receive())
        except BaseException:
            # Whatever it was doing, its answer is no longer wanted.
            self.kill()
            raise
        if "error" in head:
            raise OcrError(**head["error"])
        return head

    def _send(self, message: object) -> None:
        try:
            self._pipe.send(message)
        except (BrokenPipeError, ConnectionResetError):
            raise self._crashed() from None

    def _receive(self) -> bytes:
        deadline = time.monotonic() + self.config.page_seconds
        try:
            while not self._pipe.poll(TICK):
                self.watch()
                if time.monotonic() > deadline:
                    raise OcrError(
                        "page_timeout",
                        f"A page took longer than {self.config.page_seconds:g} seconds.",
                    )
            return self._pipe.recv_bytes(MAX_ANSWER)
        except (EOFError, OSError):
            raise self._crashed() from None

    @property
    def _pipe(self) -> Connection:
        if self._connection is None:
            raise EngineCrashed("not started")
        return self._connection

    def _crashed(self) -> EngineCrashed:
        process = self._process
        self.kill()
        code = process.returncode if process else None
        logger.error("the recognizing process ended with exit status %s", code)
        return EngineCrashed(f"exit status {code}")
