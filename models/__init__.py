"""From Italian sentences to English ones: the engines, the models they run and how those are made."""

import os

# Threads that wait for work must not spin: on a machine that is busy with anything else a translation then takes
# many times as long. OpenMP reads this once, when the first engine is loaded, so it is set before any of them.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
