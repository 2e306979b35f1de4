"""A piece of real work in an environment that has one extra: `python smoke.py EXTRA URL-of-an-emulator`."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyqpu

BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'
WIDE = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[24]; creg c[24]; x q[3]; measure q -> c;'
QUIL = "DECLARE ro BIT[1]\nRX(pi) 0\nMEASURE 0 ro[0]\n"
COMMAND = [str(Path(sys.executable).with_name("anyqpu"))]


async def bell(device: str = "kipu.sim.qsim", **options: Any) -> None:
    """A Bell pair: submitted, waited for, counted."""
    async with anyqpu.connect("kipu", **options) as kipu:
        assert await kipu.devices().first() is not None
        job = await kipu.submit(BELL, device=device, shots=100, name="bell")
        counts = (await job.result(timeout=60)).counts
        assert counts is not None
        assert counts.keys() <= {"00", "11"}, counts
        assert sum(counts.values()) == 100
        assert (await kipu.raw.get_job(id=job.id)).id == job.id


def said(*arguments: str, code: int = 0) -> str:
    """What the command line prints; both streams."""
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def blocking(url: str) -> None:
    """The same without `await`, in a thread with an event loop."""
    with anyqpu.sync.connect("kipu", emulator=url) as kipu:
        assert kipu.submit(BELL, device="kipu.sim.qsim", shots=100).result(timeout=60).counts.shots == 100


async def core(url: str) -> None:
    """The package alone works, and says which extra is missing for the rest."""
    await bell(emulator=url)
    blocking(url)
    assert "pip install 'anyqpu[cli]'" in said("--version", code=2)
    await refused("emulator", emulator=True)
    await refused("httpx2", emulator=url, transport="httpx2")
    await refused("aiohttp", emulator=url, transport="aiohttp")
    await refused("http2", emulator=url, http2=True)
    await refused("socks", emulator=url, proxy="socks5://127.0.0.1:9")
    await refused("truststore", base_url="https://127.0.0.1:9", token="x", verify="system")


async def refused(extra: str, **options: Any) -> None:
    """A missing extra is named."""
    said = "nothing was wrong"
    try:
        await bell(**options)
    except anyqpu.errors.ConfigError as error:
        said = str(error)
    assert f"anyqpu[{extra}]" in said, said


async def cli(url: str) -> None:
    """The commands that ask a cloud, and those that need another extra."""
    assert said("--version").strip() == f"anyqpu {anyqpu.__version__}"
    assert "bug-report" in said("--help")
    assert "kipu.sim.qsim" in said("devices", "--emulator-url", url)
    Path("bell.qasm").write_text(BELL)
    submit = ("submit", "bell.qasm", "--device", "kipu:kipu.sim.qsim", "--shots", "50")
    assert "█" in said(*submit, "--wait", "--emulator-url", url)
    assert "anyqpu[emulator]" in said("emulate", code=2)
    assert "two qubits that always agree" in said("examples")
    assert "Did you mean 'sessions'?" in said("sesions", code=2)
    assert "Did you mean '--emulator'" in said("devices", "--emulater", code=2)


async def emulator(url: str) -> None:
    """An emulator in this process, and one that this environment serves."""
    await bell(emulator=True)
    async with anyqpu.connect("rigetti", emulator=True) as rigetti:
        for device in ("Ankaa-3", "Aspen-9"):
            await one(rigetti, QUIL, device, "1")
    from anyqpu_emulator.server import running

    with running(speed="instant") as here:
        await bell(emulator=here)


async def one(client: Any, program: str, device: str, key: str) -> None:
    """A program with one outcome."""
    job = await client.submit(program, device=device, shots=20)
    assert dict((await job.result(timeout=120)).counts) == {key: 20}


async def convert(url: str) -> None:
    """A language that the device does not take."""
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        job = await kipu.submit(BELL, device="azure.ionq.simulator", shots=100)
        probabilities = (await job.result(timeout=60)).items[0].probabilities
        assert probabilities is not None
        assert probabilities.keys() == {"00", "11"}, probabilities


async def rigetti(url: str) -> None:
    """Over gRPC, and over ZeroMQ."""
    async with anyqpu.connect("rigetti", emulator=url) as client:
        for device in ("Ankaa-3", "Aspen-9"):
            await one(client, QUIL, device, "1")


async def fleet(url: str) -> None:
    """A database and a queue whose server is not there."""
    from anyqpu import pgqueuer
    from anyqpu.ledger.ledger import Ledger

    for call in (Ledger.open("postgresql://127.0.0.1:9/db"), pgqueuer.wake("postgresql://127.0.0.1:9/db", ["kipu"])):
        results = await asyncio.gather(call, return_exceptions=True)
        assert isinstance(results[0], anyqpu.errors.LedgerError), results


async def otel(url: str) -> None:
    """Spans without a collector."""
    import anyqpu.otel

    await bell(emulator=url, hooks=anyqpu.otel.Tracing())


async def qiskit(url: str) -> None:
    """A circuit that is too wide for the light engine."""
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        await one(kipu, WIDE, "kipu.sim.qsim", f"{1 << 3:024b}")


async def pulser(url: str) -> None:
    """Two atoms through Pulser's own simulator."""
    from anyqpu_emulator.engines import extras

    assert extras.installed("pulser")
    library = importlib.import_module("pulser")
    importlib.import_module("pulser_simulation")
    sequence = library.Sequence(library.Register.square(2, spacing=20, prefix="q"), library.MockDevice)
    sequence.declare_channel("rydberg", "rydberg_global")
    sequence.add(library.Pulse.ConstantPulse(100, 31.4159, 0, 0), "rydberg")
    program = json.loads(sequence.to_abstract_repr())
    async with anyqpu.connect("pasqal", emulator=True) as pasqal:
        job = await pasqal.submit(json.dumps(program), device="EMU_FREE", shots=20)
        assert sum((await job.result(timeout=120)).counts.values()) == 20


async def perceval(url: str) -> None:
    """Perceval is found, and writes what the emulator reads."""
    from anyqpu_emulator.engines import extras

    assert extras.installed("perceval")
    library = importlib.import_module("perceval")
    assert importlib.import_module("perceval.serialization").serialize(library.BS())


async def plot(url: str) -> None:
    """A picture of counts is drawn."""
    counts = anyqpu.Counts({"00": 3, "11": 1})
    counts.plot().savefig("counts.png")
    assert Path("counts.png").read_bytes().startswith(b"\x89PNG")


async def of_transport(url: str, **options: Any) -> None:
    """Through another library."""
    await bell(emulator=url, **options)


async def socks(url: str) -> None:
    """A SOCKS proxy is asked to connect; here none listens at its address."""
    options: dict[str, Any] = {"token": "x", "base_url": "https://cloud.invalid", "proxy": "socks5://127.0.0.1:9"}
    try:
        await bell(retry=anyqpu.RetryPolicy(attempts=1), **options)
    except anyqpu.errors.ProxyError:
        return
    raise AssertionError("the proxy was left out")


async def keyring(url: str) -> None:
    """A keyring without the value is read."""
    from anyqpu.config import keyrings

    library = importlib.import_module("keyring")
    library.set_keyring(importlib.import_module("keyring.backends.null").Keyring())
    said = ""
    try:
        keyrings.setting("default", "kipu", "token").value  # noqa: B018
    except anyqpu.errors.ConfigError as error:
        said = str(error)
    assert "the system keyring has no default.kipu.token" in said, said


async def truststore(url: str) -> None:
    """The operating system's certificates are read; nothing listens at the address."""
    options: dict[str, Any] = {"token": "x", "base_url": "https://127.0.0.1:9", "verify": "system"}
    try:
        await bell(retry=anyqpu.RetryPolicy(attempts=1), **options)
    except anyqpu.errors.ConnectError:
        return
    raise AssertionError("a server responded")


WORK: dict[str, Callable[[str], Coroutine[Any, Any, None]]] = {
    "": core,
    "aiohttp": lambda url: of_transport(url, transport="aiohttp"),
    "cli": cli,
    "convert": convert,
    "emulator": emulator,
    "fleet": fleet,
    "http2": lambda url: of_transport(url, http2=True),
    "httpx2": lambda url: of_transport(url, transport="httpx2"),
    "keyring": keyring,
    "otel": otel,
    "perceval": perceval,
    "plot": plot,
    "pulser": pulser,
    "qiskit": qiskit,
    "rigetti": rigetti,
    "socks": socks,
    "trio": of_transport,
    "truststore": truststore,
}


def main(extra: str, url: str) -> None:
    """Do the work of an extra; an extra without any is an error."""
    assert not Path(anyqpu.__file__ or "").is_relative_to(Path(__file__).parents[2] / "src"), "this is not the wheel"
    loop: Any = importlib.import_module("trio" if extra == "trio" else "asyncio")
    loop.run(*([WORK[extra], url] if extra == "trio" else [WORK[extra](url)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
