"""Settings of the process that make a training step faster. To be made before numpy and torch are imported."""

from __future__ import annotations

import ctypes
import os
import sys

_TRIM, _MMAP, _ARENAS = -1, -3, -8  # parameters of glibc's mallopt


def prepare() -> None:
    """One thread a matrix product, since the parts of a step run beside each other; freed memory is kept.

    A step frees and asks for gigabytes; glibc would give them back to the system, which zeroes them page by page.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            for parameter, value in ((_ARENAS, 1), (_MMAP, 1 << 30), (_TRIM, (1 << 31) - 1)):
                mallopt(parameter, value)


def workers() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
