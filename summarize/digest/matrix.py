"""Who accuses whom as a matrix: a row an accuser, a column an accused, the number of stories in the cell."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.digest.document import Pair
from summarize.digest.drawing import ATTRIBUTION, INK, box, drawing, line, text
from summarize.digest.parties import key

MOST = 12  # rows and columns; the table below the matrix has them all
CELL = 30
LEFT, TOP, RIGHT = 230, 170, 150


def draw(pairs: Sequence[Pair]) -> str:
    """The matrix of the parties that most stories name; empty without pairs."""
    rows, columns = _parties(pairs)
    if not rows:
        return ""
    width, height = LEFT + CELL * len(columns), TOP + CELL * len(rows)
    parts = [text(LEFT - 8, TOP + CELL * (at + 0.65), name, anchor="end") for at, name in enumerate(rows.values())]
    parts += [text(LEFT + CELL * (at + 0.5), TOP - 8, name, turned=True) for at, name in enumerate(columns.values())]
    parts += [line(LEFT, TOP + CELL * at, (width, TOP + CELL * at)) for at in range(len(rows) + 1)]
    parts += [line(LEFT + CELL * at, TOP, (LEFT + CELL * at, height)) for at in range(len(columns) + 1)]
    most = max(len(pair.stories) for pair in pairs)
    at_row, at_column = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    for pair in pairs:
        row, column = at_row.get(key(pair.accuser)), at_column.get(key(pair.accused))
        if row is not None and column is not None:
            parts += _cell(pair, (LEFT + CELL * column, TOP + CELL * row), most)
    return drawing("Who accuses whom", (width + RIGHT, height + 4), parts)


def _parties(pairs: Sequence[Pair]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of accusers and of accused, by key: those of the first pairs that fit, so that no line is empty."""
    rows: dict[str, str] = {}
    columns: dict[str, str] = {}
    for pair in pairs:
        row, column = key(pair.accuser), key(pair.accused)
        if len(rows | {row: ""}) <= MOST and len(columns | {column: ""}) <= MOST:
            rows.setdefault(row, pair.accuser)
            columns.setdefault(column, pair.accused)
    return rows, columns


def _cell(pair: Pair, corner: tuple[float, float], most: int) -> list[str]:
    x, y = corner
    count = len(pair.stories)
    denied = f", denied by {', '.join(pair.deniers)}" if pair.deniers else ""
    tip = f"{pair.accuser} accuses {pair.accused}: {count} {'story' if count == 1 else 'stories'}{denied}"
    return [
        box((x + 1, y + 1), (CELL - 2, CELL - 2), ATTRIBUTION, tip, 0.2 + 0.6 * count / most),
        f'<text x="{x + CELL / 2:g}" y="{y + CELL * 0.65:g}" text-anchor="middle" fill="{INK}" '
        f'pointer-events="none">{count}{"*" if pair.deniers else ""}</text>',
    ]
