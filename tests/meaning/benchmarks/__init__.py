"""Programs written for this suite in the style of the public benchmarks: files, with a line that says what they do."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.meaning.cases import Case, Group, Language

_HERE = Path(__file__).resolve().parent
_EXPECTED = re.compile(r"^// expected: (\{.*\})$", re.MULTILINE)
_PARAMETERS = re.compile(r"^// parameters: (\{.*\})$", re.MULTILINE)


def benchmarks() -> list[Case]:
    """All of them, by name.

    A file's first lines may hold `// control`, `// expected: {...}` (what arithmetic says) and `// parameters: {...}`.
    """
    return [_case(path) for path in sorted(_HERE.glob("*.qasm"))]


def _case(path: Path) -> Case:
    text = path.read_text()
    head = text.lstrip("\ufeff")
    language: Language = "openqasm2" if "OPENQASM 2" in head else "openqasm3"
    if path.stem.startswith("braket_"):
        language = "braket_qasm3"
    expected, parameters = _EXPECTED.search(text), _PARAMETERS.search(text)
    group: Group = "control" if re.search(r"^// control$", text, re.MULTILINE) else "end"
    return Case(
        path.stem,
        language,
        text,
        group,
        ("benchmark",),
        parameters=json.loads(parameters[1]) if parameters else {},
        expected=json.loads(expected[1]) if expected else None,
    )
