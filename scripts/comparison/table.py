"""What was seen, as the table of docs/comparison.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SEEN = Path(__file__).parent / "seen.json"
PAGE = Path(__file__).parents[2] / "docs" / "comparison.md"
BEGIN, END = "<!-- seen -->\n", "<!-- /seen -->"
NOBODY = "none"
# Seconds: on a busy machine anybody's loop stands for less.
SMALL = 0.5


def table(seen: dict[str, dict[str, Any]]) -> str:
    """A row for each library."""
    head = (
        "tried",
        "20 reads at once",
        "answer to a submit lost",
        "502 for a submit that was handled",
        "a list",
        "a wait",
    )
    rows = [
        (
            ", ".join(each["versions"]),
            _reads(each["reads"]),
            _submit(each["lost"]),
            _submit(each["gateway"]),
            _list(each["list"]),
            _wait(each["wait"]),
        )
        for each in seen.values()
    ]
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_table(page: str, new: str) -> str:
    """The page with another table."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{new}\n{END}{rest.partition(END)[2]}"


def _reads(found: dict[str, float]) -> str:
    held = "the loop goes on" if found["held"] < SMALL else f"the loop stands for {found['held']:.1f} s"
    more = f", {found['requests']:.0f} requests each" if found["requests"] > 1 else ""
    return f"{found['seconds']:.1f} s, {held}{more}"


def _submit(found: dict[str, Any]) -> str:
    told = found["told"] if " " in found["told"] else f"`{found['told']}`"
    return f"{told}; {found['made']} made"


def _list(found: dict[str, Any] | None) -> str:
    return f"`{found['call']}`: {found['found']} of {found['of']}" if found else NOBODY


def _wait(found: dict[str, Any] | None) -> str:
    if found is None:
        return NOBODY
    how = "awaited" if found["async"] else "blocks"
    limit = found["limit"]
    return f"`{found['call']}`, {how}, " + (f"limit: {limit}" if limit else "no limit")
