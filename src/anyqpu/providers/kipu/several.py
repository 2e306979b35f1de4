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
# Whose input is a list in every version of the service, by the beginning of a backend's id, which names the maker.
LISTS_ALWAYS = ("ibm.", "iqm.")
# Whose input is one program in every version of the service.
ONE_ALWAYS = ("kipu.", "azure.", "quandela.", "aws.quera.")
# Where the shots of a list of programs are sent as those of all together (source: qhub-quantum 1.18.1, aws_backend.py).
COUNTS_ALL_SHOTS = ("aws.",)


def most_programs(device_id: str, configuration: Configuration | None) -> int | None:
    """How many programs a job on a backend may have; None where the maker of the machine decides.

    A backend whose number is left out takes one, as before the field was there (source: qhub-quantum 1.18.1,
    backend.py), unless its input is a list anyway.
    """
    said = count(or_none(configuration.max_pubs_per_job)) if configuration else None
    return said or (None if device_id.startswith(LISTS_ALWAYS) else 1)


def check_early(device: str | Device, number: int) -> None:
    """Raise `ValidationError` for more programs than a backend takes, as far as that is certain without a request."""
    if isinstance(device, str):
        _check(device, number, 1 if device.startswith(ONE_ALWAYS) else None)
    else:
        _check(device.id, number, device.max_circuits)


def check(device: Device, number: int, shots: int) -> None:
    """Raise `ValidationError` for more programs, or more shots of all together, than a backend takes in one job."""
    _check(device.id, number, device.max_circuits)
    if number == 1:
        return
    together = _most_shots(device)
    if together is not None and number * shots > together:
        raise ValidationError(
            f"{device.id} takes {together} shots in each job, not {number} times {shots}",
            provider="kipu",
            fields=("shots",),
            hint="Submit the programs as several jobs, or with fewer shots",
        )


def _check(device_id: str, number: int, most: int | None) -> None:
    if most is not None and number > most:
        takes = "one program" if most == 1 else f"{most} programs"
        raise ValidationError(
            f"{device_id} takes {takes} in each job, not {number}",
            provider="kipu",
            fields=("program",),
            hint="Submit them one by one" if most == 1 else "Submit them as several jobs",
        )


def sent_shots(device_id: str, number: int, shots: int) -> int:
    """The number of shots to send for a job of several programs, each of which runs `shots` times."""
    return number * shots if device_id.startswith(COUNTS_ALL_SHOTS) else shots


def _most_shots(device: Device) -> int | None:
    configuration = or_none(device.raw.configuration) if isinstance(device.raw, Backend) else None
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
