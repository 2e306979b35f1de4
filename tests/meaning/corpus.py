"""The recorded programs, with the distributions that Qiskit computed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.meaning.cases import Case
from tests.meaning.judging import Judgement

_FILE = Path(__file__).resolve().parent / "corpus.json"


@cache
def content() -> dict[str, Any]:
    """The file, as it was written."""
    value: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return value


@cache
def recorded() -> tuple[list[Case], dict[str, Judgement]]:
    """Programs, and what each has to give."""
    cases: list[Case] = []
    judged: dict[str, Judgement] = {}
    for program in content()["programs"]:
        fields = {key: value for key, value in program.items() if key not in ("exact", "readable")}
        case = Case.from_json(fields)
        cases.append(case)
        judged[case.name] = Judgement(exact=program["exact"], readable=program["readable"])
    return cases, judged
