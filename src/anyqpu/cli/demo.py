"""`anyqpu demo`: from a file to counts, over a real socket, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.cli.histogram import show_result
from anyqpu.connecting import connect
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.job import Job
from anyqpu.model.program import load_program
from anyqpu.providers.kipu import KipuClient

EXAMPLES = ("bell.qasm", "ghz3.qasm")
TIMEOUT = 120.0


async def run_demo(paths: Sequence[Path], *, shots: int, device: str, seed: int | None) -> None:
    """Run each program on the emulated Kipu cloud, saying what happens; raises an `AnyQPUError` for bad input."""
    chosen = list(paths) or [_example(name) for name in EXAMPLES]
    # Everything that can be wrong without asking anyone is found before the server starts.
    if shots < 1:
        raise ValidationError(f"shots is a whole number from 1, not {shots}", hint="Such as --shots 1000")
    programs = [(path, await load_program(path)) for path in chosen]
    for path, program in programs:
        try:
            await anyio.to_thread.run_sync(_emulator.check_openqasm, program.text)
        except ValidationError as error:
            raise ValidationError(f"{path}: {error.message}", fields=error.fields) from error

    server = _emulator.load("server")
    serving = server.running(speed="fast", seed=seed)
    try:
        url = await anyio.to_thread.run_sync(serving.__enter__)
    except server.ServeError as error:
        raise ConfigError(str(error)) from error
    try:
        print(f"1. The emulator serves Kipu Quantum Hub at {url}")
        async with connect("kipu", emulator=url) as kipu:
            print("2. Its devices:")
            async for each in kipu.devices():
                qubits = f"{each.num_qubits} qubits" if each.num_qubits else ""
                print(f"     {each.id:<24} {each.kind:<10} {qubits}".rstrip())
            for number, (path, _) in enumerate(programs, start=3):
                await _run_one(kipu, number, path, device=device, shots=shots)
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(serving.__exit__, None, None, None)
    print("Done: every count above was computed by a simulator, behind HTTP, on this machine.")


async def _run_one(kipu: KipuClient, number: int, path: Path, *, device: str, shots: int) -> None:
    job = await kipu.submit(path, device=device, shots=shots, name=path.stem)
    print(f"{number}. {path.name}: submitted to {device} with {shots} shots as job {job.id}")

    def tell(now: Job) -> None:
        print(f"     {now.status}")

    job = await job.wait(timeout=TIMEOUT, on_update=tell)
    result = await job.result(timeout=TIMEOUT)
    print("\n".join(f"   {line}" for line in show_result(result).splitlines()))


def _example(name: str) -> Path:
    """An example program: beside the installed package, or in the repository that it is installed from."""
    package = Path(str(files("anyqpu")))
    places = [package / "examples" / name, package.parent.parent / "examples" / name]
    return next((place for place in places if place.exists()), places[0])
