"""`anyqpu submit`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.core.checks import check_shots_fit
from anyqpu.core.programs.inputs import WITH_PARAMETERS, bound, fitted
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.cost import CostEstimate
from anyqpu.model.device import Device
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_cli import fields
from anyqpu_cli.devices import price_of
from anyqpu_cli.output import show
from anyqpu_cli.reading import called, own_options, parameter_values, read_program
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import id_at, split_device
from anyqpu_cli.times import spell
from anyqpu_cli.waiting import busy, print_job, show_outcome
from anyqpu_programs import parameters as parameters_of

OPENQASM = {ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}


async def submit_files(
    setup: Setup,
    files: Sequence[Path],
    device: str,
    *,
    shots: int,
    name: str | None,
    tags: Sequence[str],
    session: str | None,
    parameters: Sequence[str],
    options: Sequence[str],
    wait: bool,
    timeout: float | None,
    dry_run: bool,
) -> None:
    """Submit files' programs as one job, and print it or, with `wait`, its result; with `dry_run`, only the plan."""
    provider, device_id = split_device(device)
    if shots < 1:
        raise ValidationError(f"shots is a whole number from 1, not {shots}", hint="Such as --shots 1000")
    if dry_run and len(files) > 1:
        raise ValidationError("--dry-run shows one program at a time", hint="Give one FILE")
    programs = [await read_program(file) for file in files]
    values = parameter_values(parameters)
    for file, program in zip(files, programs, strict=True):
        _check_values(file, program, values)
        await _check(setup, file, program, values, provider)
    async with setup.connect(provider) as client:
        own = own_options(options, client.submit, provider)
        if values:
            own["parameters"] = {**own.get("parameters", {}), **values}
        if dry_run:
            target = await client.device(device_id)
            check_shots_fit(shots, target, target.name)
            [ready] = await bound(programs, values, provider=provider)
            [converted] = await fitted([ready], target.formats, called=target.name, provider=provider)
            cost = await client.estimate_cost(target, shots=shots)
            _show_plan(setup, ready, converted, target, cost, shots=shots)
            return
        if session is not None:
            own["session"] = id_at(session, provider, "session")
        setup.left_behind = "Stopped while the job was being submitted: it may exist, and run."
        if client.capabilities.job_listing:
            setup.left_behind += f" See `anyqpu jobs {provider}{setup.emulator_words}`"
        name = name or _name_of(files)
        # Scaleway opens a session first, which takes its time.
        with busy(setup, f"submitting to {device}"):
            job = await client.submit(
                programs[0] if len(programs) == 1 else programs,
                device=device_id,
                shots=shots,
                name=name,
                tags=list(tags),
                **own,
            )
        setup.left_behind = None
        if not wait:
            if setup.in_process:
                setup.note(
                    "The emulator in this process ends now, and the job with it: use --wait, or `anyqpu emulate`"
                )
            print_job(setup, job)
            return
        setup.note(f"{job.handle}  {job.status}")
        await show_outcome(setup, client, job, timeout)


def _name_of(files: Sequence[Path]) -> str | None:
    """A job's name where the user gave none: the first file's, and how many more there are."""
    first = None if str(files[0]) == "-" else files[0].stem
    return f"{first} and {len(files) - 1} more" if first and len(files) > 1 else first


def _check_values(file: Path, program: Program, values: Mapping[str, object]) -> None:
    """Raise `ValidationError` for an `input` of a program that is given no value, in the command line's words."""
    # A text has the elements of Qiskit's vectors under other names: v[0] is _v_0_.
    given = {*values, *("_" + re.sub(r"\W", "_", name) for name in values)}
    missing = [name for name in parameters_of(program) if name not in given]
    if missing:
        raise ValidationError(
            f"{called(file)}: the program's parameters {', '.join(missing)} have no value",
            hint=" ".join(["Give", *(f"--parameter {name}=VALUE" for name in missing)]),
            fields=("parameters",),
        )


async def _check(setup: Setup, file: Path, program: Program, values: Mapping[str, object], provider: str) -> None:
    """Raise `ValidationError` for OpenQASM that the emulator cannot read, before anything is sent to it."""
    if not setup.emulated or program.format not in OPENQASM:
        return
    try:
        if program.format in WITH_PARAMETERS:
            [program] = await bound([program], values, provider=provider)
        await anyio.to_thread.run_sync(_emulator.check_openqasm, program)
    except ValidationError as error:
        raise ValidationError(f"{called(file)}: {error.message}", hint=error.hint, fields=error.fields) from error
    except ConfigError:
        # Without the extra `emulator`, one that runs elsewhere checks the program.
        if setup.in_process:
            raise


def _show_plan(
    setup: Setup, program: Program, fitted: Program, device: Device, cost: CostEstimate, *, shots: int
) -> None:
    converted = None if fitted is program else program.format
    if setup.as_json:
        fields.print_json(
            {
                "device": fields.of_device(device),
                "shots": shots,
                "program": {"format": fitted.format, "converted_from": converted, "text": fitted.text},
                "cost": fields.of_estimate(cost),
                "queue_depth": device.queue_depth,
                "average_wait": fields.seconds(device.average_wait),
            }
        )
        return
    queue = "not said" if device.queue_depth is None else f"{device.queue_depth} jobs"
    wait = f", {spell(device.average_wait)} on average" if device.average_wait is not None else ""
    price = f"not known: {cost.reason_unknown}"
    if cost.total is not None:
        price = f"about {cost.total}" if cost.total.amount else "free"
    said = price_of(device.pricing)
    show(plain(f"Nothing was sent. It would go to {fields.target_of(device)}, which is {device.status}."))
    show(f"shots    {shots}")
    show(f"queue    {queue}{wait}")
    show(plain(f"price    {price}" + (f" ({said})" if said not in {None, "free"} else "")))
    show(f"program  {fitted.format}" + (f", converted from {converted}" if converted else ", as it is") + ":\n")
    show(fitted.text.rstrip())
