"""What is not installed is an error of ours that names the extra; each in a process where the package is not there."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from anyqpu import _emulator
from anyqpu.transport import zeromq
from anyqpu_emulator.server import running
from tests.cli.shell import environment_of
from tests.support import forks

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Of no use where the package runs: what contributors and releases need.
OURS = {"dev", "docs", "release"}

BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0], q[1]; measure q -> c;'
COUNTS = "import anyqpu; counts = anyqpu.Counts({'00': 3, '11': 1}); "
SUBMIT = """
import asyncio, json, anyqpu
async def main():
    async with anyqpu.connect({cloud!r}, {how}) as client:
        job = await client.submit({program}, device={device!r}, shots=10)
        await job.result(timeout=60)
asyncio.run(main())
"""


def submit(cloud: str, device: str, program: str, how: str = "emulator=True") -> str:
    return SUBMIT.format(cloud=cloud, device=device, program=program, how=how)


def command(*words: str) -> str:
    return f"import sys; sys.argv[1:] = {list(words)}; from anyqpu_cli import main; main()"


# Nothing is sent: what is missing is noticed before.
ELSEWHERE = "emulator='http://127.0.0.1:9'"
WIDE = repr('OPENQASM 2.0; include "qelib1.inc"; qreg q[21]; creg c[21]; h q; measure q -> c;')
# Twelve atoms, more than the light engine computes.
ATOMS = """json.dumps({
    "version": "1", "name": "atoms", "variables": {}, "device": {"name": "MockDevice", "version": "1"},
    "register": [{"name": f"q{place}", "x": 10.0 * place, "y": 0.0} for place in range(12)],
    "channels": {"ising": "rydberg_global"}, "measurement": "ground-rydberg", "operations": [{
        "op": "pulse", "channel": "ising", "protocol": "min-delay", "post_phase_shift": 0.0, "phase": 0.0,
        "amplitude": {"kind": "constant", "duration": 100, "value": 6.0},
        "detuning": {"kind": "constant", "duration": 100, "value": 0.0}}]})"""
QPY = """
from anyqpu_emulator.engines.qpy import openqasm3
openqasm3({"__type__": "QuantumCircuit", "__value__": ""})
"""
PHOTONS = """
import numpy
from anyqpu_emulator.engines.photonic_jobs import run
run('{"circuit": "x", "noise": "y"}', 10, numpy.random.default_rng(1), lambda: False)
"""

# The extra, what is missing, and what needs it.
TABLE = [
    ("cli", "typer", command("devices")),
    ("cli", "typer,rich", command("--version")),
    *(("emulator", package, submit("kipu", "kipu.sim.qsim", repr(BELL))) for package in _emulator.NEEDS),
    ("emulator", "uvicorn", command("emulate", "--port", "0")),
    ("emulator", "starlette", command("emulate", "--port", "0")),
    ("emulator", "uvicorn", command("demo")),
    ("emulator", "quil", command("demo")),
    ("emulator", "numpy", command("devices", "--emulator")),
    ("emulator", "starlette", "import anyqpu.testing\nwith anyqpu.testing.emulated(): pass"),
    ("http2", "h2", submit("kipu", "kipu.sim.qsim", repr(BELL), f"{ELSEWHERE}, http2=True")),
    ("httpx2", "httpx2", submit("kipu", "kipu.sim.qsim", repr(BELL), f"{ELSEWHERE}, transport='httpx2'")),
    ("aiohttp", "aiohttp", submit("kipu", "kipu.sim.qsim", repr(BELL), f"{ELSEWHERE}, transport='aiohttp'")),
    ("otel", "opentelemetry", "import anyqpu.otel"),
    ("socks", "socksio", submit("kipu", "kipu.sim.qsim", repr(BELL), f"{ELSEWHERE}, proxy='socks5://127.0.0.1:9'")),
    (
        "truststore",
        "truststore",
        submit("kipu", "kipu.sim.qsim", repr(BELL), "token='x', base_url='https://127.0.0.1:9', verify='system'"),
    ),
    (
        "trio",
        "trio",
        f"import anyqpu.sync; anyqpu.sync.connect('kipu', {ELSEWHERE}, event_loop='trio').devices().first()",
    ),
    ("convert", "openqasm", submit("kipu", "azure.ionq.simulator", repr(BELL), "emulator={url!r}")),
    *(
        ("rigetti", package, submit("rigetti", "Aspen-9", "'DECLARE ro BIT[1]\\nMEASURE 0 ro[0]'", ELSEWHERE))
        for package in (*zeromq.NEEDS, "h2", "google")
    ),
    (
        "fleet",
        "psycopg",
        'import anyio, anyqpu.ledger.ledger as module; anyio.run(module.Ledger.open, "postgresql://h/d")',
    ),
    ("fleet", "pgqueuer", "from anyqpu import pgqueuer"),
    (
        "keyring",
        "keyring",
        "from anyqpu.config import keyrings\nkeyrings.setting('default', 'kipu', 'token').value",
    ),
    ("plot", "matplotlib", f"{COUNTS} counts.plot()"),
    ("qiskit", "qiskit_aer", submit("kipu", "kipu.sim.qsim", WIDE)),
    ("qiskit", "qiskit", QPY),
    ("pulser", "pulser_simulation", submit("pasqal", "EMU_FREE", ATOMS)),
    ("perceval", "perceval", PHOTONS),
]


# What most programs import, in the process that each of them is a copy of; without the package that is missing.
IMPORTED = ("anyio._backends._asyncio", "httpx", "numpy", "rich.console", "starlette.routing",
            "pydantic.type_adapter", "typer._adapters", "typer.main", "uvicorn.server")  # fmt: skip


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant") as address:
        yield address


def run(missing: str, program: str) -> subprocess.CompletedProcess[str]:
    words = [str(HERE / "without.py"), missing, program]
    if forks.can_run({}):
        return forks.run_program(words, IMPORTED, folder="/", environment=environment_of(), timeout=120)
    command = [sys.executable, *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, cwd="/", env=environment_of()
    )


@pytest.mark.parametrize(("extra", "missing", "program"), TABLE, ids=[f"{row[0]}-{row[1]}" for row in TABLE])
def test_what_is_missing_is_named(extra: str, missing: str, program: str, url: str) -> None:
    done = run(missing, program.replace("{url!r}", repr(url)))
    assert done.returncode != 0, done.stdout
    said = done.stderr.strip().splitlines()[-1]
    assert f"pip install 'anyqpu[{extra}]'" in said, done.stderr
    ours = ("anyqpu:", "anyqpu.errors.", "anyqpu_emulator.engines.errors.")
    assert said.startswith(ours), done.stderr


def test_every_extra_is_in_the_table() -> None:
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert {row[0] for row in TABLE} == set(offered) - OURS


def test_packages_that_are_not_needed_may_be_missing() -> None:
    everything = "typer,rich,starlette,uvicorn,numpy,openqasm,quil,zmq,msgpack,cryptography,trio,h2,httpx2,aiohttp,yaml"
    program = (
        "import anyqpu; print(anyqpu.connect('kipu', token='x', organization_id='y').provider, anyqpu.Counts({'0': 1}))"
    )
    done = run(f"{everything},opentelemetry,matplotlib", program)
    assert (done.returncode, done.stdout) == (0, "kipu Counts({'0': 1})\n"), done.stderr
