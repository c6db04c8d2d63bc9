"""Many articles: a report each, nothing lost, taken up again where a run was cut off.

    >>> from summarize.batch import Options, find, run
    >>> run(find(["news"], Path("out")), Path("out"), open_translator, Options())

Reports are byte-identical however often a run was cut off and taken up again, and so are `errors.jsonl` and, but for
the column `seconds`, the two indexes: no output holds a time, a process number or an order of arrival. Articles are
translated in batches that their positions in the sorted list of inputs decide, and the translations of a batch are in
the journal before its first report is written, so that a sentence is never translated in other company than before.
"""

from summarize.batch.inputs import Found, find
from summarize.batch.options import Options, Tally
from summarize.batch.runner import run

__all__ = ["Found", "Options", "Tally", "find", "run"]
