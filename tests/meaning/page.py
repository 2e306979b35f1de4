"""Put the last run into docs/meaning.md.

python -m tests.meaning.page

It takes build/meaning.json, which `make test-meaning` wrote, and replaces what stands between the page's two comments.
"""

from __future__ import annotations

import json
from typing import Any

from tests.meaning.cases import Verdict
from tests.meaning.report import markdown
from tests.peers.clients import ROOT
from tests.peers.environments import BUILD

PAGE = ROOT / "docs" / "meaning.md"
BEGIN, END = "<!-- The last run: written by tests/meaning/page.py -->", "<!-- The end of the last run -->"


def written(page: str, run: dict[str, Any]) -> str:
    """The page with a run."""
    verdicts = [Verdict(**verdict) for verdict in run["verdicts"]]
    versions = ", ".join(f"{name} {number}" for name, number in sorted(run["versions"].items()))
    names = ("right", "wrong", "refused", "unjudged")
    totals = ", ".join(f"{sum(verdict.verdict == name for verdict in verdicts):,} {name}" for name in names)
    missed = "none" if not run["missed"] else "; ".join(run["missed"])
    parts = [
        f"Seed {run['seed']}: {len(verdicts):,} pairs of program and route in {run['seconds'] / 60:.0f} minutes; "
        f"{totals}. Goals missed: {missed}. Judged by {versions}.",
        "\n".join(markdown(verdicts)),
    ]
    before, _, rest = page.partition(BEGIN)
    _, marker, after = rest.partition(END)
    if not marker:
        raise SystemExit(f"{PAGE.name} lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}"


if __name__ == "__main__":
    RUN = json.loads((BUILD / "meaning.json").read_text())
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), RUN), encoding="utf-8")
