"""`anyqpu demo`: from a program's file to counts on each cloud, over a real socket, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.connecting import connect
from anyqpu.core.registry import provider_spec
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_cli.examples import EXAMPLES
from anyqpu_cli.histogram import show_result
from anyqpu_cli.output import show, show_json
from anyqpu_cli.reading import check_shots, display_name, read_program
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import split_device
from anyqpu_cli.widths import wrapped

if TYPE_CHECKING:
    from anyqpu.model.job import Job
    from anyqpu.model.result import Result

# One for each cloud.
SHOWN = ("bell.qasm", "ghz3.qasm", "blockade.json", "bell.quil")
DEVICE = "kipu:kipu.sim.qsim"
TIMEOUT = 120.0
OPENQASM = {ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}


@dataclass(slots=True)
class Run:
    """A program on a device, and what became of it."""

    name: str
    program: Program
    device: str
    statuses: list[str] = field(default_factory=list[str])
    job: Job | None = None
    result: Result | None = None
    done: anyio.Event = field(default_factory=anyio.Event)


async def run_demo(setup: Setup, paths: Sequence[Path], *, shots: int, device: str | None, seed: int | None) -> None:
    """Run an example on each emulated cloud, or each program on one device, and print the steps.

    Raises:
        AnyQPUError: The input is bad, or a job fails.
    """
    # All input is checked before the server starts.
    check_shots(shots)
    target = device if device is None or ":" in device else f"kipu:{device}"
    if paths or target is not None:
        files = [*paths] or [EXAMPLES[name].path for name in SHOWN[:2]]
        runs = [Run(display_name(path), await read_program(path), target or DEVICE) for path in files]
    else:
        examples = [EXAMPLES[name] for name in SHOWN]
        runs = [Run(one.name, await read_program(one.path), one.device) for one in examples]
    for run in runs:
        split_device(run.device)
        await _check(run)
    server = _emulator.load("server")
    serving = server.running(speed="fast", seed=seed)
    try:
        url = await anyio.to_thread.run_sync(serving.__enter__)
    except server.ServeError as error:
        raise ConfigError(str(error)) from error
    try:
        await _run_all(setup, runs, url, shots)
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(serving.__exit__, None, None, None)


async def _check(run: Run) -> None:
    if run.program.format not in OPENQASM:
        return
    try:
        await anyio.to_thread.run_sync(_emulator.check_openqasm, run.program)
    except ValidationError as error:
        raise ValidationError(f"{run.name}: {error.message}", fields=error.fields) from error


async def _run_all(setup: Setup, runs: Sequence[Run], url: str, shots: int) -> None:
    """Run all programs at the same time, and print them in order."""
    providers = sorted({split_device(run.device)[0] for run in runs})
    titles = [provider_spec(provider).title for provider in providers]
    served = titles[0] if len(titles) == 1 else f"{len(titles)} clouds"
    _step(setup, f"The emulator serves {served} at {url}; {shots} shots each")
    problems: list[Exception] = []
    async with AsyncExitStack() as stack, anyio.create_task_group() as group:
        clients = {provider: await stack.enter_async_context(connect(provider, emulator=url)) for provider in providers}

        async def wait(run: Run, job: Job) -> None:
            try:
                await _wait(run, job)
            except Exception as error:
                # Raised below, alone.
                problems.append(error)
                group.cancel_scope.cancel()

        for run in runs:
            provider, device = split_device(run.device)
            name = Path(run.name).stem
            try:
                # In order: the emulator's results depend on the seed and the order.
                job = await clients[provider].submit(run.program, device=device, shots=shots, name=name)
            except Exception as error:
                problems.append(error)
                group.cancel_scope.cancel()
                break
            group.start_soon(wait, run, job)
        for number, run in enumerate(runs, 1):
            await run.done.wait()
            _print(setup, number, run)
    if problems:
        raise problems[0]
    if setup.as_json:
        finished = [(run, run.job, run.result) for run in runs if run.job is not None and run.result is not None]
        show_json([{"file": run.name, **result.to_dict(), **job.to_dict()} for run, job, result in finished])
    _step(setup, "Done: simulators on this machine computed every count, behind HTTP.")


async def _wait(run: Run, job: Job) -> None:
    """Wait for the result of a job."""

    def note(job: Job) -> None:
        if str(job.status) not in run.statuses:
            run.statuses.append(str(job.status))

    note(job)
    job = await job.wait(timeout=TIMEOUT, on_update=note)
    note(job)
    run.result = await job.result(timeout=TIMEOUT)
    run.job = await job.refresh()
    run.done.set()


def _print(setup: Setup, number: int, run: Run) -> None:
    if setup.as_json or run.result is None:
        return
    _step(setup, f"{number}. {Path(run.name).name}: submitted to {run.device}: {', '.join(run.statuses)}")
    indent = "" if setup.quiet else "   "
    show("\n".join(wrapped(f"{indent}{line}", 5) for line in show_result(run.result).splitlines()))


def _step(setup: Setup, text: str) -> None:
    if not (setup.as_json or setup.quiet):
        show(wrapped(plain(text), 3))
