"""Measurements of accuracy, speed and memory: docs/benchmarks.md."""

import os

# As in a recognizing process. Set before numpy is imported, whose BLAS starts a thread per core.
os.environ.setdefault("OMP_NUM_THREADS", "1")
