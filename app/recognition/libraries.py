"""Process-wide settings of libraries that recognition uses.

Set once when a recognizing process starts, so that constructors of engines need not touch them.
"""

from __future__ import annotations

import ctypes
import os


def configure_libraries(*, threads: int) -> None:
    """threads: per page; pages run side by side in other processes."""
    import cv2

    # By default OpenCV starts a thread per core, in every worker.
    cv2.setNumThreads(threads)
    # With OpenMP's four threads a page takes Tesseract seven times as long on two cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", str(threads))
    # Otherwise PaddleOCR's package asks its hubs for newer models at every start.
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")


def release_memory() -> None:
    """Return the last page's memory to the system: glibc keeps it (app.sandbox.limits)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
