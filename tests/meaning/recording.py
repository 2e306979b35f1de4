"""The corpus of the quick tests: programs with their exact distributions, as Qiskit computed them.

python -m tests.meaning --record
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.meaning import random2, random3
from tests.meaning.cases import Case
from tests.meaning.judging import judge
from tests.meaning.programs import all_programs

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "meaning" / "corpus.json"
CONSTRUCTS = sorted({*random2.FEATURES, *random2.CONTROL, *random3.FEATURES, *random3.CONTROL})
_GENERATED = 600
_OFTEN = 4


def main(seed: int) -> int:
    """Write the corpus; the exit code."""
    cases = [case for case in all_programs(_GENERATED, seed) if case.group in ("end", "control")]
    judged, versions = judge(cases)
    usable = [case for case in cases if judged[case.name].exact and not judged[case.name].conflict]
    chosen = selected(usable)
    about = {"made by": "python -m tests.meaning --record", "seed": seed, "versions": versions}
    programs = [
        {
            **{key: value for key, value in case.to_json().items() if key not in ("plain", "expected") and value},
            "readable": judged[case.name].readable,
            "exact": {key: round(share, 9) for key, share in (judged[case.name].exact or {}).items()},
        }
        for case in chosen
    ]
    CORPUS.parent.mkdir(parents=True, exist_ok=True)
    # One program per line, for differences that can be read.
    lines = ",\n".join(map(json.dumps, programs))
    CORPUS.write_text(f'{json.dumps(about)[:-1]}, "programs": [\n{lines}\n]}}\n')
    missing = set(CONSTRUCTS) - {construct for case in chosen for construct in case.constructs}
    print(f"{len(chosen)} programs in {CORPUS}, judged by Qiskit {versions['qiskit']}")
    print(f"constructs missing: {', '.join(sorted(missing)) or 'none'}")
    return 1 if missing else 0


def selected(cases: list[Case]) -> list[Case]:
    """All programs written by hand, and generated ones until each construct of a language is there often enough."""
    seen: dict[tuple[str, str], int] = {}
    chosen: list[Case] = []
    for case in cases:
        keys = [(case.language, construct) for construct in case.constructs]
        if not case.name.rpartition("-")[2].isdigit() or any(seen.get(key, 0) < _OFTEN for key in keys):
            chosen.append(case)
            for key in keys:
                seen[key] = seen.get(key, 0) + 1
    return chosen
