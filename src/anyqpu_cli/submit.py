"""`anyqpu submit`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.core.checks import check_shots_fit
from anyqpu.core.client import Client
from anyqpu.core.programs.inputs import WITH_PARAMETERS, bound, fitted
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.cost import CostEstimate
from anyqpu.model.device import Device
from anyqpu.model.money import Money
from anyqpu.model.native import NativeProgram
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_cli.costs import confirm_submit, session_length
from anyqpu_cli.devices import format_price
from anyqpu_cli.output import show, show_json
from anyqpu_cli.prefixes import find_device, find_session
from anyqpu_cli.reading import check_shots, display_name, parameter_values, provider_options, read_program
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import id_on, split_device
from anyqpu_cli.times import format_duration
from anyqpu_cli.waiting import print_job, show_result_of, spinner
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
    key: str | None,
    session: str | None,
    parameters: Sequence[str],
    options: Sequence[str],
    wait: bool,
    timeout: float | None,
    transpile: int | None,
    dry_run: bool,
    yes: bool,
    max_cost: Money | None,
) -> None:
    """Submit the programs in files as one job and print it, its result (`wait`), or only the plan (`dry_run`).

    Asks first if the job costs something, unless `yes` or `max_cost` allow it.
    """
    provider, device_id = split_device(device)
    check_shots(shots)
    if dry_run and len(files) > 1:
        raise ValidationError("--dry-run shows one program at a time", hint="Give one FILE")
    programs = [await read_program(file) for file in files]
    values = parameter_values(parameters)
    for file, program in zip(files, programs, strict=True):
        _check_values(file, program, values)
        await _check(setup, file, program, values, provider)
    async with setup.connect(provider) as client:
        arguments = provider_options(options, client.submit, provider)
        if values:
            arguments["parameters"] = {**arguments.get("parameters", {}), **values}
        if session is not None:
            session = id_on(session, provider, "session")
            if client.capabilities.sessions:
                session = (await find_session(setup, client, session)).id
            arguments["session"] = session
        if key is not None:
            arguments["key"] = key
        if max_cost is not None:
            arguments["max_cost"] = max_cost
        target: Device | None = None
        if dry_run or (not yes and max_cost is None):
            # Only here: with --yes or --max-cost, the device is named in full.
            target = await find_device(setup, client, device_id)
            cost = await client.estimate_cost(target, shots=shots, circuits=len(programs), session=session)
            if dry_run:
                await _plan(setup, client, programs[0], target, cost, shots=shots, values=values, transpile=transpile)
                return
            await _check_formats(programs, target, values, transpile)
            await confirm_submit(target, cost, in_session=session is not None)
        setup.interrupt_note = "Stopped while submitting: the job may exist and run."
        if client.capabilities.job_listing:
            setup.interrupt_note += f" See `anyqpu jobs {provider}{setup.emulator_option}`"
        name = name or _name_of(files)
        # Scaleway opens a session first, which takes seconds.
        with spinner(setup, f"submitting to {device}"):
            job = await client.submit(
                programs[0] if len(programs) == 1 else programs,
                device=target or device_id,
                shots=shots,
                name=name,
                tags=list(tags),
                transpile=False if transpile is None else transpile,
                **arguments,
            )
        setup.interrupt_note = None
        if not wait:
            if setup.in_process:
                setup.note(
                    "The emulator in this process ends now, and the job with it: use --wait, or run `anyqpu emulate`"
                )
            print_job(setup, job)
            return
        setup.note(f"{job.handle.short}  {job.status}")
        await show_result_of(setup, client, job, timeout)


async def _plan(
    setup: Setup,
    client: Client,
    program: Program,
    device: Device,
    cost: CostEstimate,
    *,
    shots: int,
    values: Mapping[str, object],
    transpile: int | None,
) -> None:
    """Print what would be sent."""
    check_shots_fit(shots, device, device.name)
    native: NativeProgram | None = None
    if transpile is None:
        [ready] = await bound([program], values, provider=device.provider)
        program = ready
    else:
        with spinner(setup, "transpiling"):
            [native] = await client.native_programs(program, device=device, transpile=transpile, parameters=values)
        ready = native.program
    [converted] = await fitted([ready], device.formats, called=device.name, provider=device.provider)
    _show_plan(setup, program, converted, device, cost, shots=shots, native=native)


async def _check_formats(
    programs: Sequence[Program], device: Device, values: Mapping[str, object], transpile: int | None
) -> None:
    """Raise `ValidationError` for programs that the device cannot take, before the user is asked about the cost."""
    if transpile is not None:
        return
    if values and not all(program.format in WITH_PARAMETERS for program in programs):
        return  # values that the provider takes itself
    programs = await bound(programs, values, provider=device.provider)
    await fitted(programs, device.formats, called=device.name, provider=device.provider)


def _name_of(files: Sequence[Path]) -> str | None:
    """Return a default name for a job: the first file's, and the number of further files."""
    first = None if str(files[0]) == "-" else files[0].stem
    return f"{first} and {len(files) - 1} more" if first and len(files) > 1 else first


def _check_values(file: Path, program: Program, values: Mapping[str, object]) -> None:
    """Raise `ValidationError`, with a hint about --parameter, for a parameter of a program without a value."""
    # OpenQASM names the elements of Qiskit's vectors differently: v[0] is _v_0_.
    names = {*values, *("_" + re.sub(r"\W", "_", name) for name in values)}
    missing = [name for name in parameters_of(program) if name not in names]
    if missing:
        raise ValidationError(
            f"{display_name(file)}: the program's parameters {', '.join(missing)} have no value",
            hint=" ".join(["Give", *(f"--parameter {name}=VALUE" for name in missing)]),
            fields=("parameters",),
        )


async def _check(setup: Setup, file: Path, program: Program, values: Mapping[str, object], provider: str) -> None:
    """Raise `ValidationError` for OpenQASM that the emulator cannot read, before any request."""
    if not setup.emulated or program.format not in OPENQASM:
        return
    try:
        if program.format in WITH_PARAMETERS:
            [program] = await bound([program], values, provider=provider)
        await anyio.to_thread.run_sync(_emulator.check_openqasm, program)
    except ValidationError as error:
        raise ValidationError(f"{display_name(file)}: {error.message}", hint=error.hint, fields=error.fields) from error
    except ConfigError:
        # Without the extra `emulator`, the emulator at the given address checks the program.
        if setup.in_process:
            raise


def _sizes(native: NativeProgram) -> dict[str, dict[str, int]]:
    """Return the sizes of a program before and after it was transpiled, for JSON."""
    return {
        name: {"depth": shape.depth, "two_qubit_gates": shape.two_qubit_gates}
        for name, shape in (("before", native.before), ("after", native.after))
    }


def _show_plan(
    setup: Setup,
    program: Program,
    fitted: Program,
    device: Device,
    cost: CostEstimate,
    *,
    shots: int,
    native: NativeProgram | None,
) -> None:
    converted = None if fitted is program else program.format
    if setup.as_json:
        show_json(
            {
                "device": device.to_dict(),
                "shots": shots,
                "program": {"format": fitted.format, "converted_from": converted, "text": fitted.text},
                "transpiled": native and {"layout": native.layout, **_sizes(native)},
                "cost": cost.to_dict(),
                **{key: device.to_dict()[key] for key in ("queue_depth", "average_wait")},
            }
        )
        return
    queue = "unknown" if device.queue_depth is None else f"{device.queue_depth} jobs"
    wait = f", {format_duration(device.average_wait)} on average" if device.average_wait is not None else ""
    price = f"unknown: {cost.reason_unknown}"
    if cost.total is not None:
        price = f"about {cost.total}" if cost.total.amount else "free"
    prices = format_price(device.pricing)
    show(plain(f"Nothing was sent. The job would run on {device.target}, which is {device.status}."))
    show(f"shots    {shots}")
    show(f"queue    {queue}{wait}")
    show(plain(f"price    {price}" + (f" ({prices})" if prices not in {None, "free"} else "")))
    minimum = "unknown" if cost.minimum is None else str(cost.minimum) if cost.minimum.amount else "free"
    length = session_length(device.pricing, cost)
    show(f"minimum  {minimum}" + (f" ({length} of session)" if length else ""))
    if native is not None:
        before, after = native.before, native.after
        gates = f"{before.two_qubit_gates} -> {after.two_qubit_gates} gates on two qubits"
        show(f"size     depth {before.depth} -> {after.depth}, {gates}")
    show(f"program  {fitted.format}" + (f", converted from {converted}" if converted else ", unchanged") + ":\n")
    show(fitted.text.rstrip())
