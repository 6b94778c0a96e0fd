"""Remote control for one recognizing process: starts it, sends it requests, kills it."""

from __future__ import annotations

import io
import logging
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from app.engines.base import EngineConfig
from app.logs import current_context
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import PAGED, SourceFile
from app.ocr.options import Options
from app.ocr.page_ranges import select_pages
from app.ocr.picture_sizes import Drawing
from app.ocr.result import Page
from app.ocr.tree import page_from_tree
from app.sandbox import interpreter, limits
from app.sandbox.messages import ChannelClosed, Message, encode, raise_error, read_message
from app.services.operations import metrics

logger = logging.getLogger(__name__)

TICK = 0.25  # seconds between checks of the clock and the job while a page is being read


@dataclass(frozen=True, slots=True)
class ProcessConfig:
    """recognizer: dotted class name. page_seconds: time limit of one call. memory_mb: address
    space."""

    engine: EngineConfig
    recognizer: str
    page_seconds: float
    memory_mb: int


class RecognizerProcess:
    """Has Recognizer's methods. Used by one thread; the process starts when it is first needed.

    Raises EngineCrashed if the process died, OcrError(page_timeout) if it was too slow.
    """

    def __init__(self, config: ProcessConfig) -> None:
        self.config = config
        self.watch: Callable[[], None] = lambda: None
        # The page that was read last, if its pictures are wanted.
        self._undrawn: tuple[SourceFile, Page, Drawing] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        # One reader for all answers, because it may hold the beginning of the next one.
        self._answers: io.BufferedReader[_Answers] | None = None

    @property
    def most_cores(self) -> int:
        return self.config.engine.cores

    def page_numbers(self, file: SourceFile, options: Options) -> tuple[int, ...]:
        if file.media_type not in PAGED:
            return select_pages(options.pages, 1, self.config.engine.max_pages)
        values, _ = self._call("page_numbers", file, options=options.to_json())
        return tuple(map(int, values["numbers"]))

    def recognize(
        self,
        file: SourceFile,
        number: int,
        options: Options,
        *,
        drawing: Drawing = Drawing.NONE,
        cores: int = 1,
    ) -> Page:
        """The recognized page, counted and timed in the metrics.

        drawing: whether take_pictures() then draws the page's pictures. cores: idle cores, of which
        the page takes as many as the configuration allows.
        """
        started = time.perf_counter()
        engine, outcome = options.engine, "stopped"
        try:
            call = {"number": number, "options": options.to_json(), "drawing": drawing}
            values, _ = self._call("recognize", file, **call, cores=min(cores, self.most_cores))
            page = page_from_tree(values["page"])
            engine, outcome = page.engine, "read"
        except OcrError as error:
            outcome = error.code
            raise
        except EngineCrashed:
            outcome = "engine_crashed"
            raise
        finally:
            seconds = time.perf_counter() - started
            metrics.count_page(engine=engine, outcome=outcome, seconds=seconds)
        self._undrawn = (file, page, drawing) if drawing != Drawing.NONE else None
        return page

    def take_pictures(self) -> tuple[Page, list[bytes]] | None:
        """The page that was read last and its pictures, as Recognizer.previews() has them.

        They are drawn only now, so that the page's text is stored and answered with all cores.
        None if they are not wanted, or were taken; an empty list if they are too expensive for now.
        """
        if self._undrawn is None:
            return None
        file, page, drawing = self._undrawn
        size = page.width, page.height
        return page, self.previews(
            file, page.number, rotation=page.rotation, size=size, drawing=drawing
        )

    def previews(
        self,
        file: SourceFile,
        number: int,
        *,
        rotation: int,
        size: tuple[int, int],
        drawing: Drawing = Drawing.ALWAYS,
    ) -> list[bytes]:
        arguments = {"number": number, "rotation": rotation, "size": size, "drawing": drawing}
        _, pictures = self._call("previews", file, **arguments)
        return list(pictures)

    @contextmanager
    def watched(self, watch: Callable[[], None]) -> Iterator[None]:
        """Calls watch() several times a second during the block; its exceptions kill the
        process."""
        self.watch = watch
        try:
            yield
        finally:
            self.watch = lambda: None

    def start(self) -> None:
        """Starts the process, or a new one if it died."""
        if self._process is not None and self._process.poll() is None:
            return
        self.kill()
        self._socket, theirs = socket.socketpair()
        self._answers = io.BufferedReader(_Answers(self._socket))
        with theirs:
            self._process = subprocess.Popen(
                interpreter.command("app.worker.child", theirs.fileno()),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=interpreter.PROJECT,
                # Pages run side by side in other processes; what a page may use of idle cores is
                # granted with each call.
                env=limits.environment(threads=1),
            )
        metrics.count_recognizer_start()
        self._send(
            recognizer=self.config.recognizer,
            config=self.config.engine.to_json(),
            memory_mb=self.config.memory_mb,
            parent=os.getpid(),
        )

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def kill(self) -> None:
        """Ends the process at once, busy or not."""
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._socket = self._answers = self._undrawn = None

    def _call(self, name: str, file: SourceFile, **arguments: Any) -> Message:
        self._undrawn = None  # the process keeps no pixels beyond the next call
        self.start()
        self._send(call=name, file=file.to_json(), log=current_context(), **arguments)
        values, blobs = self._answer()
        raise_error(values)
        return values, blobs

    def _answer(self) -> Message:
        try:
            return self._receive()
        except BaseException:
            # The rest is no longer needed, so the process need not finish.
            self.kill()
            raise

    def _send(self, **values: Any) -> None:
        connection = self._connection
        connection.settimeout(self.config.page_seconds)
        try:
            connection.sendall(encode(values))
        except OSError:
            raise self._crashed() from None

    def _receive(self) -> Message:
        deadline = time.monotonic() + self.config.page_seconds

        def tick() -> None:
            self.watch()
            if time.monotonic() > deadline:
                limit = self.config.page_seconds
                message = f"A page took longer than {limit:g} seconds."
                raise OcrError("page_timeout", message, details={"seconds": limit})

        if self._answers is None:
            raise EngineCrashed("not started")
        self._answers.raw.tick = tick
        try:
            return read_message(self._answers)
        except (ChannelClosed, OSError):
            raise self._crashed() from None

    @property
    def _connection(self) -> socket.socket:
        if self._socket is None:
            raise EngineCrashed("not started")
        return self._socket

    def _crashed(self) -> EngineCrashed:
        process = self._process
        self.kill()
        code = process.returncode if process else None
        logger.error("the recognizing process ended with exit status %s", code)
        return EngineCrashed(f"exit status {code}")


class _Answers(io.RawIOBase):
    """The bytes that a process sends. Calls tick() every TICK seconds, even while bytes arrive
    slowly."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.tick: Callable[[], None] = lambda: None
        self.next_tick = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(TICK)
        while True:
            if time.monotonic() >= self.next_tick:
                self.tick()
                self.next_tick = time.monotonic() + TICK
            with suppress(TimeoutError):
                return self.connection.recv_into(buffer)
