"""Memory: what the C library keeps for itself of what was freed, and room that is taken only as it is written to."""

from __future__ import annotations

import ctypes
import math
import mmap
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Parameters of glibc's mallopt, and the environment variables that say the same.
ONE_HEAP = (-8, 1, "MALLOC_ARENA_MAX")  # with a heap for each, what one thread has freed is kept from all others
GIVE_BACK = (-3, 1 << 20, "MALLOC_MMAP_THRESHOLD_")  # a piece of this size goes back to the system when it is freed


def sparing() -> None:
    """Let freed memory go back to the system, where the C library is glibc; what the user's environment says stands.

    Otherwise a batch of sentences leaves a quarter of a gigabyte behind.
    """
    for parameter, value, variable in (ONE_HEAP, GIVE_BACK):
        if variable in os.environ:
            continue
        try:
            ctypes.CDLL(None).mallopt(parameter, value)
        except (AttributeError, OSError, TypeError):
            return  # another C library, which needs no such thing


def untouched(shape: Sequence[int]) -> NDArray[np.float32]:
    """Room that takes memory page by page as it is written to.

    Numpy asks the system for pages of two megabytes where an array is large: these are taken whole.
    """
    import numpy as np

    count = math.prod(shape)
    size = max(count * np.dtype(np.float32).itemsize, 1)
    if sys.platform == "win32":
        pages = mmap.mmap(-1, size)
    else:
        pages = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return np.frombuffer(pages, np.float32, count).reshape(shape)
