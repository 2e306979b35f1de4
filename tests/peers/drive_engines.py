"""The emulator with its heavier engines: they agree with the light ones, and compute what these cannot."""

import base64
import io
import json
import math
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import numpy as np
import perceval
import pulser
import qiskit
import qiskit.qpy
from perceval.serialization import deserialize, serialize
from steps import finish, step

import anyqpu
from anyqpu_emulator.engines import atoms, extras, gate_error, openqasm, photonic_jobs, pulses, qpy, rydberg, wide
from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import StoppedError, UnsupportedProgramError
from anyqpu_emulator.engines.noise import NoiseModel
from anyqpu_emulator.engines.statevector import sample
from anyqpu_emulator.server import running

SHOTS = 4000
HEAD = 'OPENQASM 2.0; include "qelib1.inc";'


def never() -> bool:
    return False


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Half the sum of differences of the shares: 0 for equal distributions, 1 for disjoint ones."""
    totals = sum(one.values()), sum(other.values())
    return sum(abs(one.get(key, 0) / totals[0] - other.get(key, 0) / totals[1]) for key in {*one, *other}) / 2


def noise(outcomes: int) -> float:
    """Return the largest distance expected of two samples of the same distribution."""
    return 1.6 * math.sqrt(outcomes / (math.pi * SHOTS)) + 0.02


def drawn(circuit: Circuit, seed: int = 1) -> Counter[str]:
    values = wide.sample(circuit, SHOTS, seed, never)
    return Counter(format(value, f"0{circuit.num_bits}b") for value in values)


def random_circuit(seed: int, qubits: int = 5) -> Circuit:
    dice = random.Random(seed)
    lines: list[str] = []
    for _ in range(40):
        one, two, three = dice.sample(range(qubits), 3)
        angle = dice.uniform(0, 6)
        lines.append(
            dice.choice(
                [
                    f"h q[{one}];",
                    f"sx q[{one}];",
                    f"s q[{one}];",
                    f"u3({angle},{angle / 2},{angle / 3}) q[{one}];",
                    f"cx q[{one}],q[{two}];",
                    f"cp({angle}) q[{one}],q[{two}];",
                    f"crx({angle}) q[{one}],q[{two}];",
                    f"rzx({angle}) q[{one}],q[{two}];",
                    f"ecr q[{one}],q[{two}];",
                    f"swap q[{one}],q[{two}];",
                    f"ccx q[{one}],q[{two}],q[{three}];",
                    f"cswap q[{one}],q[{two}],q[{three}];",
                ]
            )
        )
    return openqasm.parse(
        f'OPENQASM 3.0; include "stdgates.inc"; qubit[{qubits}] q; bit[{qubits}] c; '
        + " ".join(lines).replace("u3(", "U(")
        + " c = measure q;"
    )


def ghz(qubits: int, more: str = "") -> str:
    chain = " ".join(f"cx q[{place}],q[{place + 1}];" for place in range(qubits - 1))
    return f"{HEAD} qreg q[{qubits}]; creg c[{qubits}]; h q[0]; {chain} {more} measure q -> c;"


def submitted(url: str, cloud: str, program: str, device: str) -> Mapping[str, int]:
    async def go() -> Mapping[str, int]:
        async with anyqpu.connect(cloud, emulator=url) as client:
            job = await client.submit(program, device=device, shots=SHOTS)
            return (await job.result(timeout=300)).counts

    return anyio.run(go)


def slowest_response(url: str, seconds: float) -> float:
    """Return the latencies of sequential requests."""
    slowest, end = 0.0, time.monotonic() + seconds
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < end:
            began = time.monotonic()
            client.get(f"{url}/_control/state").raise_for_status()
            slowest = max(slowest, time.monotonic() - began)
    return slowest


with step("Aer: an X on qubit 0 of 2 is 01, as here"):
    circuit = openqasm.parse(f"{HEAD} qreg q[2]; creg c[2]; x q[0]; measure q -> c;")
    assert drawn(circuit) == sample(circuit, SHOTS, rng()).counts() == {"01": SHOTS}
with step("Qiskit: a circuit in QPY comes to what it says"):
    file, written = io.BytesIO(), qiskit.QuantumCircuit(3, 3)
    written.x(0)
    for _ in range(2):
        written.sx(1)
        written.ecr(0, 2)
    written.measure([0, 1, 2], [0, 1, 2])
    qiskit.qpy.dump(written, file)
    packed = base64.b64encode(zlib.compress(file.getvalue())).decode()
    read = openqasm.parse(qpy.openqasm3({"__type__": "QuantumCircuit", "__value__": packed}))
    assert sample(read, 10, rng()).counts() == {"011": 10}

with step("Aer: 20 random circuits of 5 qubits, against the state vector here"):
    worst = 0.0
    for seed in range(20):
        circuit = random_circuit(seed)
        peer, own = drawn(circuit, seed), sample(circuit, SHOTS, rng(seed)).counts()
        worst = max(worst, distance(peer, own))
        assert worst < noise(32), f"circuit {seed}: {worst:.3f}"
    print(f"          distance at most {worst:.3f}; samples of equal ones have up to {noise(32):.3f}")
with step("Aer: conditions, resets, measurements in the middle"):
    circuit = openqasm.parse(
        f"{HEAD} qreg q[2]; creg c[1]; creg d[1]; h q[0]; measure q[0] -> c[0]; if(c==1) x q[1]; "
        "reset q[0]; h q[0]; measure q[1] -> d[0];"
    )
    assert distance(drawn(circuit), sample(circuit, SHOTS, rng()).counts()) < noise(4)
with step("Aer: errors of gates, as here"):
    circuit = openqasm.parse(ghz(3))
    with gate_error.gate_error(0.1):
        peer, own = drawn(circuit), sample(circuit, SHOTS, rng()).counts()
    assert len(own) == 8, own
    assert distance(peer, own) < noise(8), (peer, own)
with step("Aer: noise of a device, as here"):
    times = dict.fromkeys(range(3), 20e-6)
    model = NoiseModel(
        errors={("h", (0,)): 0.1, ("cx", (0, 1)): 0.1}, t1=times, t2=times, seconds={"h": 4e-6, "cx": 4e-6}
    )
    circuit = model.noisy(openqasm.parse(ghz(3), marks=True))
    peer, own = drawn(circuit), sample(circuit, SHOTS, rng()).counts()
    assert len(own) == 8, own
    assert distance(peer, own) < noise(8), (peer, own)
with step("Aer: a seed repeats, and 25 qubits without Clifford gates are computed"):
    circuit = openqasm.parse(ghz(25, "t q[3]; rx(0.3) q[0]; ccx q[0],q[1],q[2];"))
    began = time.monotonic()
    assert sample(circuit, 100, rng()).memory() == sample(circuit, 100, rng()).memory()
    print(f"          {(time.monotonic() - began) / 2:.1f} s each")

with running(seed=1) as url:
    for cloud, device, width in (
        ("kipu", "kipu.sim.qsim", 30),
        ("scaleway", "EMU-AER-16C-128M", 30),
    ):
        with step(f"{device}: a GHZ state of {width} qubits, and one that is not Clifford"):
            began = time.monotonic()
            counts = submitted(url, cloud, ghz(width), device)
            assert set(counts) == {"0" * width, "1" * width}, counts
            counts = submitted(url, cloud, ghz(width, "t q[2]; x q[0];"), device)
            assert set(counts) == {"0" * (width - 1) + "1", "1" * (width - 1) + "0"}, counts
            print(f"          {time.monotonic() - began:.1f} s for both")


def sequence(places: list[tuple[float, float]], build: Callable[[pulser.Sequence], None]) -> str:
    register = pulser.Register({f"q{place}": at for place, at in enumerate(places)})
    made = pulser.Sequence(register, pulser.MockDevice)
    made.declare_channel("ising", "rydberg_global")
    build(made)
    return str(made.to_abstract_repr())


def constant(made: pulser.Sequence) -> None:
    made.add(pulser.Pulse.ConstantPulse(1000, 6.0, 1.0, 0.0), "ising")


def sweep(made: pulser.Sequence) -> None:
    rise = pulser.RampWaveform(500, 0.0, 9.0)
    made.add(pulser.Pulse(rise, pulser.RampWaveform(500, -15.0, 0.0), 0.0), "ising")
    made.add(pulser.Pulse(pulser.BlackmanWaveform(800, 3.0), pulser.RampWaveform(800, 0.0, 15.0), 0.4), "ising")


def twice(made: pulser.Sequence) -> None:
    made.add(pulser.Pulse.ConstantPulse(300, 5.0, 0.0, 0.3), "ising")
    made.delay(200, "ising")
    made.add(pulser.Pulse.ConstantPulse(400, 8.0, -2.0, 1.2), "ising")


REFUSAL = UnsupportedProgramError("not here")
SQUARE = [(0.0, 0.0), (7.0, 0.0), (0.0, 8.0), (9.0, 8.0)]
LINE = [(6.5 * place, 0.0) for place in range(4)]


def at_pulser(text: str, configuration: str | None = None, seed: int = 1) -> Counter[str]:
    return Counter(atoms.outside(REFUSAL, text, {}, SHOTS, rng(seed), stopped=never, configuration=configuration)[0])


with step("Pulser: sequences of 4 atoms, against the integration here"):
    worst = 0.0
    for places in (SQUARE, LINE):
        for build in (constant, sweep, twice):
            text = sequence(places, build)
            own = Counter(rydberg.sample(rydberg.final_state(pulses.parse(text, {})), SHOTS, rng()))
            peer = at_pulser(text)
            worst = max(worst, distance(peer, own))
            assert worst < noise(16), (build.__name__, peer, own)
    print(f"          distance at most {worst:.3f}; samples of equal ones have up to {noise(16):.3f}")
with step("Pulser: a seed repeats"):
    assert at_pulser(sequence(LINE, sweep)) == at_pulser(sequence(LINE, sweep))
with step("Pulser: noise and observables of a configuration"):
    config = pulser.backend.EmulationConfig(
        observables=[pulser.backend.BitStrings(num_shots=100)],
        noise_model=pulser.NoiseModel(p_false_pos=1.0, p_false_neg=0.0, state_prep_error=0.0),
    )
    peer = at_pulser(sequence(LINE, constant), config.to_abstract_repr())
    assert peer == {"1111": SHOTS}, peer
with step("Pulser: the digital basis"):
    register = pulser.Register({"q0": (0.0, 0.0), "q1": (10.0, 0.0)})
    made = pulser.Sequence(register, pulser.MockDevice)
    made.declare_channel("raman", "raman_local", initial_target="q0")
    made.add(pulser.Pulse.ConstantPulse(1000, math.pi, 0.0, 0.0), "raman")
    made.measure("digital")
    peer = at_pulser(made.to_abstract_repr())
    assert peer == {"10": SHOTS}, peer
with running(seed=1) as url, step("EMU_FREE: 12 atoms, while other requests are served"):
    began = time.monotonic()
    text = sequence([(7.0 * (place % 4), 7.0 * (place // 4)) for place in range(12)], sweep)
    with ThreadPoolExecutor() as pool:
        slowest = pool.submit(slowest_response, url, 2.0)
        counts = submitted(url, "pasqal", text, "EMU_FREE")
        assert slowest.result() < 0.5, slowest.result()
    assert sum(counts.values()) == SHOTS
    assert all(len(key) == 12 for key in counts)
    print(f"          {time.monotonic() - began:.1f} s; the slowest response meanwhile took {slowest.result():.3f} s")
with step("a computation in a process ends when it is cancelled"):
    began, text = time.monotonic(), sequence([(7.0 * place, 0.0) for place in range(14)], sweep)
    try:
        atoms.outside(REFUSAL, text, {}, 10, rng(), stopped=lambda: time.monotonic() > began + 1)
        raise AssertionError("it was faster than a second")
    except StoppedError:
        assert time.monotonic() < began + 3


def job(experiment: perceval.Experiment, command: str = "sample_count") -> str:
    return json.dumps({"command": command, "experiment": serialize(experiment), "max_shots": SHOTS})


def counted(text: str) -> Counter[str]:
    return Counter({str(state): share for state, share in deserialize(json.loads(text)["results"]).items()})


def mesh(modes: int, photons: int, seed: int) -> perceval.Experiment:
    np.random.seed(seed)
    experiment = perceval.Experiment(perceval.Unitary(perceval.Matrix.random_unitary(modes)))
    experiment.with_input(perceval.BasicState([1] * photons + [0] * (modes - photons)))
    experiment.min_detected_photons_filter(0)
    return experiment


def at_perceval(text: str) -> str:
    return str(extras.apart("perceval_sim:run", text, SHOTS, 1, stopped=never))


with step("Perceval: probabilities of interferometers, against the permanents here"):
    worst = 0.0
    for modes, photons in ((2, 2), (3, 2), (4, 3), (6, 4)):
        text = job(mesh(modes, photons, modes), "probs")
        own = counted(photonic_jobs.run(text, SHOTS, rng(), never))
        worst = max(worst, distance(counted(at_perceval(text)), own))
    assert worst < 1e-6, worst
    print(f"          distance at most {worst:.1e}")
with step("Perceval: samples, and a seed repeats"):
    text = job(mesh(4, 2, 3))
    own, peer = counted(photonic_jobs.run(text, SHOTS, rng(), never)), counted(at_perceval(text))
    assert distance(peer, own) < noise(10), (peer, own)
    assert at_perceval(text) == at_perceval(text)
with step("Perceval: noise, heralds, post-selection, detectors"):
    lossy = mesh(2, 2, 1)
    lossy.noise = perceval.NoiseModel(brightness=0.5)
    peer = counted(photonic_jobs.run(job(lossy), SHOTS, rng(), never))
    assert any(sum(map(int, key[1:-1].split(","))) == 1 for key in peer), peer
    clicks = mesh(2, 2, 1)
    clicks.add(0, perceval.Detector.threshold())
    clicks.add(1, perceval.Detector.threshold())
    assert all(
        key in ("|1,0>", "|0,1>", "|1,1>") for key in counted(photonic_jobs.run(job(clicks), SHOTS, rng(), never))
    )
    chosen = mesh(3, 2, 1)
    chosen.set_postselection(perceval.PostSelect("[0]==1"))
    assert all(key.startswith("|1,") for key in counted(photonic_jobs.run(job(chosen), SHOTS, rng(), never)))
    heralded = perceval.Experiment(perceval.Unitary(perceval.Matrix.random_unitary(3)))
    heralded.add_herald(2, 1)
    heralded.with_input(perceval.BasicState([1, 0]))
    heralded.min_detected_photons_filter(0)
    assert counted(photonic_jobs.run(job(heralded), SHOTS, rng(), never))
finish()
