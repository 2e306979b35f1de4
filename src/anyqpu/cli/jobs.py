"""`anyqpu devices` and `anyqpu submit`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import anyio.to_thread

from anyqpu import _emulator
from anyqpu.cli.target import show_result, split_device
from anyqpu.connecting import PROVIDERS, connect
from anyqpu.errors import ConfigError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.program import ProgramFormat, load_program
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.providers.scaleway import ScalewayClient

OPENQASM = {ProgramFormat.OPENQASM2, ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}


def _client(provider: str, emulator: bool | str | None) -> KipuClient | PasqalClient | RigettiClient | ScalewayClient:
    if provider == "kipu":
        return connect("kipu", emulator=emulator)
    if provider == "scaleway":
        return connect("scaleway", emulator=emulator)
    if provider == "pasqal":
        return connect("pasqal", emulator=emulator)
    if provider == "rigetti":
        return connect("rigetti", emulator=emulator)
    raise ConfigError(f"there is no provider {provider!r}", hint=f"There are {', '.join(PROVIDERS)}")


async def list_devices(provider: str, *, emulator: bool | str | None, as_json: bool) -> None:
    """Print the devices of a cloud, a line or a JSON object each."""
    async with _client(provider, emulator) as client:
        devices = await client.devices().collect()
    if as_json:
        print(json.dumps([_device_fields(device) for device in devices], indent=2))
        return
    for device in devices:
        qubits = "-" if device.num_qubits is None else str(device.num_qubits)
        print(f"{device.provider}:{device.id:<37} {device.kind:<10} {qubits:>5} qubits  {device.name}")


def _device_fields(device: Device) -> dict[str, object]:
    return {
        "id": device.id,
        "provider": device.provider,
        "name": device.name,
        "kind": device.kind,
        "technology": device.technology,
        "status": device.status,
        "num_qubits": device.num_qubits,
        "queue_depth": device.queue_depth,
        "input_formats": list(device.input_formats),
    }


async def submit_file(
    file: Path,
    device: str,
    *,
    shots: int,
    name: str | None,
    wait: bool,
    timeout: float | None,
    emulator: bool | str | None,
    as_json: bool,
) -> None:
    """Submit a file's program, and print the job or, with `wait`, its result."""
    provider, device_id = split_device(device)
    if shots < 1:
        raise ValidationError(f"shots is a whole number from 1, not {shots}", hint="Such as --shots 1000")
    program = await load_program(file)
    if _emulator.requested(emulator) and program.format in OPENQASM:
        try:
            await anyio.to_thread.run_sync(_emulator.check_openqasm, program.text)
        except ValidationError as error:
            raise ValidationError(f"{file}: {error.message}", fields=error.fields) from error
    async with _client(provider, emulator) as client:
        job = await client.submit(program, device=device_id, shots=shots, name=name or file.stem)
        if not wait:
            print(json.dumps(_job_fields(job), indent=2) if as_json else f"{job.handle}  {job.status}")
            return
        if not as_json:
            print(f"{job.handle}  {job.status}", file=sys.stderr)
        result = await job.result(timeout=timeout)
        if as_json:
            counts = [dict(item.counts) if item.counts is not None else None for item in result.items]
            print(json.dumps(_job_fields(await job.refresh()) | {"counts": counts}, indent=2))
        else:
            print(show_result(result))


def _job_fields(job: Job) -> dict[str, object]:
    return {
        "handle": str(job.handle),
        "id": job.id,
        "provider": job.provider,
        "device": job.device_id,
        "name": job.name,
        "status": job.status,
        "shots": job.shots,
    }
