"""Several circuits in one job, where a backend takes a list of them.

Sources: the API document (specs/kipu/final.json): `pubs` of IBM_JobInput, `circuits` of IQM_JobInput, and `qasm` of
Aws_QASM_3_JobInput and Qudora_JobInput are lists, the last two since version 3 of the service; `qasm` of Kipu_JobInput
is one text. `max_pubs_per_job` of a backend's configuration says how many there may be, and nothing where the maker of
the machine decides; `total_shots_range` is about the shots of all together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu_raw.kipu.models import Backend, Configuration

from anyqpu.core.values import count, or_none
from anyqpu.errors import ValidationError
from anyqpu.model.device import Device
from anyqpu.model.program import Program, ProgramFormat

# The list in a job's input that has an entry for each circuit.
LISTS: Mapping[ProgramFormat, str] = {ProgramFormat.IBM_PUBS: "pubs", ProgramFormat.IQM_JSON: "circuits"}
# Languages whose programs are a list of texts.
TEXTS = {ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}
# By the beginning of a backend's id, which names the maker.
TAKES_SEVERAL = ("ibm.", "iqm.", "qudora.", "aws.")
# What is not a circuit is one in each job.
TAKES_ONE = ("aws.quera.",)


def most_programs(device_id: str, configuration: Configuration | None) -> int | None:
    """How many programs a job on a backend may have; None where nothing is said of it."""
    said = count(or_none(configuration.max_pubs_per_job)) if configuration else None
    return said or (None if _takes_several(device_id) else 1)


def _takes_several(device_id: str) -> bool:
    return device_id.startswith(TAKES_SEVERAL) and not device_id.startswith(TAKES_ONE)


def check(device: str | Device, number: int, shots: int) -> None:
    """Raise `ValidationError` for more programs, or more shots of all together, than a backend takes in one job."""
    if number == 1:
        return
    id = device if isinstance(device, str) else device.id
    most = None if isinstance(device, str) else device.max_circuits
    if most is None and not _takes_several(id):
        most = 1
    if most is not None and number > most:
        takes = "one program" if most == 1 else f"{most} programs"
        raise ValidationError(
            f"{id} takes {takes} in each job, not {number}",
            provider="kipu",
            fields=("program",),
            hint="Submit them one by one; the backends of IBM, IQM, Qudora and AWS take several"
            if most == 1
            else "Submit them as several jobs",
        )
    together = _most_shots(device)
    if together is not None and number * shots > together:
        raise ValidationError(
            f"{id} takes {together} shots in each job, not {number} times {shots}",
            provider="kipu",
            fields=("shots",),
            hint="Submit the programs as several jobs, or with fewer shots",
        )


def _most_shots(device: str | Device) -> int | None:
    raw = None if isinstance(device, str) else device.raw
    configuration = or_none(raw.configuration) if isinstance(raw, Backend) else None
    together = or_none(configuration.total_shots_range) if configuration else None
    return count(or_none(together.max_)) if together else None


def merged(programs: Sequence[Program]) -> Program | list[Program]:
    """One program with the circuits of all, in order; programs that are texts stay a list.

    Raises `ValidationError` where they cannot be one job: another language, or settings of the job that disagree.
    """
    if len(programs) == 1:
        return programs[0]
    format = programs[0].format
    key = LISTS.get(format)
    if (key is None and format not in TEXTS) or any(program.format is not format for program in programs):
        words = ", ".join(sorted({str(program.format) for program in programs}))
        raise _refused(f"programs in {words} cannot be one job", hint="Submit them one by one")
    if key is None:
        return list(programs)
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
