"""Several circuits in one job, where a backend takes a list of them.

Source: the API document (specs/kipu/final.json): `pubs` of IBM_JobInput and `circuits` of IQM_JobInput are lists, while
`qasm` of Aws_QASM_3_JobInput, Kipu_JobInput and Qudora_JobInput is one text. Later versions of Kipu's service are said
to take a list there too; this document does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

# The list in a job's input that has an entry for each circuit.
LISTS: Mapping[ProgramFormat, str] = {ProgramFormat.IBM_PUBS: "pubs", ProgramFormat.IQM_JSON: "circuits"}
# By the beginning of a backend's id, which names the maker.
TAKES_SEVERAL = ("ibm.", "iqm.")


def check(device_id: str, number: int) -> None:
    """Raise `ValidationError` for several programs on a backend that takes one in each job."""
    if number > 1 and not device_id.startswith(TAKES_SEVERAL):
        raise ValidationError(
            f"{device_id} takes one program in each job, not {number}",
            provider="kipu",
            fields=("program",),
            hint="Submit them one by one; the backends of IBM and IQM take several",
        )


def merged(programs: Sequence[Program]) -> Program:
    """One program with the circuits of all, in order.

    Raises `ValidationError` where they cannot be one: another language, or settings of the job that disagree.
    """
    if len(programs) == 1:
        return programs[0]
    format = programs[0].format
    key = LISTS.get(format)
    if key is None or any(program.format is not format for program in programs):
        words = ", ".join(sorted({str(program.format) for program in programs}))
        raise _refused(f"programs in {words} cannot be one job", hint="Submit them one by one")
    whole: dict[str, Any] = {key: []}
    for place, program in enumerate(programs):
        fields = cast("dict[str, Any]", program.content)
        circuits = fields.pop(key)
        if not isinstance(circuits, list):
            raise _refused(f"programs[{place}]: {key} is not a list")
        whole[key] += circuits
        for name, value in fields.items():
            if whole.setdefault(name, value) != value:
                raise _refused(
                    f"programs[{place}] has another {name!r} than those before it, and one job has one",
                    hint="Submit it by itself",
                )
    return Program(json.dumps(whole), format)


def _refused(message: str, *, hint: str | None = None) -> ValidationError:
    return ValidationError(message, provider="kipu", fields=("program",), hint=hint)
