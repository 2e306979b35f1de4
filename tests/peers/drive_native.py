"""Transpiled programs and Qiskit's backends on every gate-model device: native, and with the counts that Aer has.

That a program is native is checked here by its text, against the emulator's own lists of gates and couplings.
"""

from __future__ import annotations

import contextlib
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import anyio
import cirq
import pennylane
import pytket
from blockbuster import blockbuster_ctx
from braket.default_simulator import StateVectorSimulator
from braket.ir.openqasm import Program as BraketProgram
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, transpile
from qiskit.circuit import Parameter
from qiskit.circuit.classical import expr
from qiskit.circuit.library import QFTGate
from qiskit.primitives import BaseSamplerV2
from qiskit.providers import BackendV2, JobStatus, JobV1
from qiskit_aer import AerSimulator
from steps import BELL2, BELL3, finish, refused, step

import anyqpu
from anyqpu import TranspileOptions
from anyqpu.qiskit import backend, sampler
from anyqpu.testing import emulated
from anyqpu_emulator.clouds.kipu.catalogue import BACKENDS
from anyqpu_emulator.clouds.rigetti.architecture import edges
from anyqpu_emulator.clouds.rigetti.catalogue import PROCESSORS
from anyqpu_emulator.faults import Fault
from anyqpu_emulator.server import running

SHOTS = 4000
HARDWARE = (
    ("kipu", "ibm.qpu.fez"),
    ("kipu", "iqm.qpu.garnet"),
    ("scaleway", "QPU-GARNET-20PQ"),
    ("rigetti", "Aspen-9"),
    ("rigetti", "Aspen-M-3"),
    ("rigetti", "Ankaa-3"),
)
SIMULATORS = (
    ("kipu", "kipu.sim.qsim"),
    ("kipu", "aws.sim.sv1"),
    ("kipu", "azure.ionq.simulator"),
    ("kipu", "qudora.sim.xg1"),
    ("scaleway", "EMU-AER-16C-128M"),
    ("scaleway", "EMU-QSIM-16C-128M"),
)


def bell() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    circuit.h(0)
    circuit.cx(0, 1)
    circuit.measure([0, 1], [0, 1])
    return circuit


def ghz() -> QuantumCircuit:
    circuit = QuantumCircuit(5)
    circuit.h(0)
    for target in range(1, 5):
        # Not a line, so that it has to be routed.
        circuit.cx(0, target)
    circuit.measure_all()
    return circuit


def qft() -> QuantumCircuit:
    circuit = QuantumCircuit(4)
    circuit.x(0)
    circuit.ry(0.7, 2)
    circuit.append(QFTGate(4), range(4))
    circuit.h(range(4))
    circuit.measure_all()
    return circuit


def random_six() -> QuantumCircuit:
    dice = random.Random(6)
    circuit = QuantumCircuit(QuantumRegister(6, "q"), ClassicalRegister(2, "low"), ClassicalRegister(4, "High"))
    for _ in range(30):
        one, two, three = dice.sample(range(6), 3)
        angle = dice.uniform(-3, 3)
        for add in dice.sample(
            (
                lambda c: c.ry(angle, one),  # noqa: B023 - called at once
                lambda c: c.cp(angle, one, two),  # noqa: B023
                lambda c: c.u(angle, 0.3, 1.1, three),  # noqa: B023
                lambda c: c.cx(two, three),  # noqa: B023
                lambda c: c.swap(one, three),  # noqa: B023
            ),
            2,
        ):
            add(circuit)
    # The bits in another order than the qubits.
    circuit.measure([3, 5, 0, 1, 2, 4], range(6))
    return circuit


CIRCUITS = {"Bell": bell(), "GHZ of 5": ghz(), "QFT of 4": qft(), "random of 6": random_six()}
AER = AerSimulator(seed_simulator=7)
EXPECTED = {
    name: AER.run(transpile(circuit, AER), shots=20 * SHOTS).result().get_counts() for name, circuit in CIRCUITS.items()
}


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Half the sum of differences of the shares: 0 for equal distributions, 1 for disjoint ones."""
    totals = sum(one.values()), sum(other.values())
    return sum(abs(one.get(key, 0) / totals[0] - other.get(key, 0) / totals[1]) for key in {*one, *other}) / 2


def agree(counts: Mapping[str, float], name: str) -> None:
    """Check that counts are those of Aer: the distance of samples is far below that of other bits or gates."""
    expected = EXPECTED[name]
    limit = 1.2 * math.sqrt(len(expected) / (math.pi * SHOTS)) + 0.02
    plain = {key.replace(" ", ""): value for key, value in expected.items()}
    joined = {key.replace(" ", ""): value for key, value in counts.items()}
    assert distance(joined, plain) < limit, (name, distance(joined, plain), limit)


def rigettis(device: str) -> tuple[set[str], set[frozenset[int]]]:
    gates = {"ISWAP", "CZ"} if device == "Ankaa-3" else {"CZ", "CPHASE", "XY"}
    return {"RX", "RZ", *gates}, {frozenset(pair) for pair in edges(PROCESSORS[device])}


def couplings(device: str) -> set[frozenset[int]]:
    name = "iqm.qpu.garnet" if "GARNET" in device else device
    return {frozenset(pair) for pair in BACKENDS[name].pairs or ()}


def check_native(text: str, device: str) -> None:
    """Check that each gate of a program is one of the device, and that each of two qubits is on a coupling."""
    pairs: list[frozenset[int]] = []
    if device in PROCESSORS:
        gates, coupled = rigettis(device)
        for line in text.splitlines():
            name, *rest = re.split(r"[ (]", line, maxsplit=1)
            if name in {"DECLARE", "MEASURE"}:
                continue
            assert name in gates, line
            if name == "RX":
                assert re.match(r"RX\((pi|pi/2)\) \d+$", line), line
            qubits = [int(word) for word in line.rpartition(")")[2].split() if word.isdigit()]
            pairs += [frozenset(qubits)] if len(qubits) > 1 else []
            assert rest
    elif device == "iqm.qpu.garnet":
        coupled = couplings(device)
        for instruction in json.loads(text)["circuits"][0]["instructions"]:
            assert instruction["name"] in {"prx", "cz", "measure", "barrier"}, instruction
            if instruction["name"] == "cz":
                pairs.append(frozenset(int(name.removeprefix("QB")) - 1 for name in instruction["qubits"]))
    else:
        coupled = couplings(device)
        gates = {"r", "cz"} if "GARNET" in device else {"cz", "rz", "sx", "x", "id", "rx", "rzz"}
        for line in text.splitlines():
            if re.match(r" *(OPENQASM|include|gate (r|rzz)\(|bit|\w+\[\d+\] = measure|barrier|if|})", line):
                continue
            name = re.match(r" *(\w+)", line)
            assert name is not None, line
            assert name[1] in gates, line
            if name[1] == "rzz":
                [angle] = re.findall(r"rzz\(([^)]*)\)", line)
                assert 0 <= float(angle) <= math.pi / 2, line
            qubits = [int(number) for number in re.findall(r"\$(\d+)", line)]
            pairs += [frozenset(qubits)] if len(qubits) > 1 else []
    assert pairs, "no gate on two qubits"
    assert set(pairs) <= coupled, [sorted(pair) for pair in pairs if pair not in coupled]


@contextlib.contextmanager
def no_thread_left() -> Iterator[None]:
    before = {thread.ident for thread in threading.enumerate()}
    yield
    end = time.monotonic() + 10
    while time.monotonic() < end:
        left = [thread for thread in threading.enumerate() if thread.ident not in before and "qiskit" in thread.name]
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError(left)


async def submitted(cloud: str, device: str, url: str) -> None:
    async with anyqpu.connect(cloud, emulator=url) as client:
        for name, circuit in CIRCUITS.items():
            with step(f"{cloud}:{device}: {name} by submit(transpile=True)"):
                if (cloud, device) in HARDWARE:
                    [native] = await client.native_programs(circuit, device=device)
                    check_native(native.program.text, device)
                job = await client.submit(circuit, device=device, shots=SHOTS, transpile=True)
                if (cloud, device) in HARDWARE:
                    assert job.layouts == (native.layout,), job.layouts
                result = await job.result(timeout=120)
                counts = result.items[0].counts or result.probabilities
                agree(counts, name)
                if result.items[0].counts is not None:
                    wanted = [f"{register.name}[{bit}]" for register in circuit.cregs for bit in range(register.size)]
                    assert result.counts.bit_labels == tuple(reversed(wanted)), result.counts.bit_labels


def ran(cloud: str, device: str, url: str) -> None:
    with no_thread_left(), backend(cloud, device, emulator=url) as own:
        assert isinstance(own, BackendV2)
        for name, circuit in CIRCUITS.items():
            with step(f"{cloud}:{device}: {name} by backend.run"):
                native = transpile(circuit, own, optimization_level=1, seed_transpiler=5)
                job = own.run(native, shots=SHOTS)
                assert isinstance(job, JobV1)
                counts = job.result(timeout=120).get_counts()
                agree(counts, name)
                spaces = {key.count(" ") for key in counts}
                assert spaces == {len(circuit.cregs) - 1}, spaces
                assert job.status() is JobStatus.DONE
                assert own.retrieve_job(job.job_id()).result().get_counts() == counts
        with step(f"{cloud}:{device}: several circuits, and parameters"):
            theta = Parameter("theta")
            turned = QuantumCircuit(1, 1)
            turned.rx(theta, 0)
            turned.measure(0, 0)
            turned = transpile(turned, own, seed_transpiler=5)
            counts = own.run(turned, shots=100, parameter_binds=[{theta: [0.0, math.pi]}]).result().get_counts()
            assert counts == [{"0": 100}, {"1": 100}], counts
            counts = own.run(turned, shots=100, parameter_binds=[{theta: math.pi}, {theta: 0.0}]).result().get_counts()
            assert counts == [{"1": 100}, {"0": 100}], counts
        with step(f"{cloud}:{device}: a sampler"):
            both = transpile(random_six(), own, seed_transpiler=5)
            ours = sampler(own)
            assert isinstance(ours, BaseSamplerV2)
            result = ours.run([(turned, [[0.0], [math.pi]]), both], shots=SHOTS).result()
            assert result[0].data.c.shape == (2,)
            assert result[0].data.c.get_counts(1) == {"1": SHOTS}
            assert (result[1].data.low.num_bits, result[1].data.High.num_bits) == (2, 4)
            agree(result[1].join_data().get_counts(), "random of 6")


# An existing program of Qiskit's users: only the line with the backend differs.
PROGRAM = """
from qiskit import QuantumCircuit, generate_preset_pass_manager
{backend}
circuit = QuantumCircuit(3)
circuit.h(0)
circuit.cx(0, 1)
circuit.cx(0, 2)
circuit.measure_all()
pass_manager = generate_preset_pass_manager(backend=backend, optimization_level=1, seed_transpiler=1)
isa_circuit = pass_manager.run(circuit)
job = backend.run(isa_circuit, shots=1000)
counts = job.result().get_counts()
assert set(counts) == {{"000", "111"}}, counts
assert 400 < counts["000"] < 600, counts
print("shots:", sum(counts.values()))
"""


def existing_program(line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", PROGRAM.format(backend=line)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1000:]
    assert done.stdout == "shots: 1000\n", done.stdout
    assert not done.stderr, done.stderr


def teleported() -> QuantumCircuit:
    """A state that is prepared on qubit 0, and undone on qubit 2: the bit is 0, whatever was measured before."""
    circuit = QuantumCircuit(QuantumRegister(3, "q"), ClassicalRegister(2, "sent"), ClassicalRegister(1, "end"))
    circuit.u(1.1, 0.4, 0.2, 0)
    circuit.h(1)
    circuit.cx(1, 2)
    circuit.cx(0, 1)
    circuit.h(0)
    circuit.measure([0, 1], [0, 1])
    with circuit.if_test((circuit.clbits[1], 1)):
        circuit.x(2)
    with circuit.if_test((circuit.clbits[0], 1)):
        circuit.z(2)
    circuit.u(-1.1, -0.2, -0.4, 2)
    circuit.measure(2, 2)
    return circuit


def branching() -> QuantumCircuit:
    """A coin in bit 0; bit 1 is its opposite by `else`, bit 2 its copy by an expression on the register."""
    circuit = QuantumCircuit(QuantumRegister(3, "q"), ClassicalRegister(3, "c"))
    circuit.h(0)
    circuit.measure(0, 0)
    with circuit.if_test((circuit.clbits[0], 1)) as otherwise:
        circuit.x(2)
        circuit.x(2)
    with otherwise:
        circuit.x(1)
    with circuit.if_test(expr.not_equal(expr.bit_and(circuit.cregs[0], 1), 0)):
        circuit.x(2)
    circuit.measure([1, 2], [1, 2])
    return circuit


CONDITION2 = """OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[1]; creg d[1];
h q[0]; measure q[0] -> c[0]; if(c==1) x q[1]; measure q[1] -> d[0];"""
CONDITION3 = """OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c;
h q[0]; c[0] = measure q[0]; if (c[0]) { x q[1]; } else { z q[1]; } c[1] = measure q[1];"""


async def conditions(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        for name, program, keys in (
            ("a teleported state", teleported(), {"000", "001", "010", "011"}),
            ("else, and an expression", branching(), {"010", "101"}),
            ("OpenQASM 2", CONDITION2, {"00", "11"}),
            ("OpenQASM 3", CONDITION3, {"00", "11"}),
        ):
            with step(f"conditions on ibm.qpu.fez: {name}"):
                [native] = await kipu.native_programs(program, device="ibm.qpu.fez")
                assert "if (" in native.program.text
                # IBM's fractional gates do not go with conditions.
                assert not re.search(r"^ *(rx|rzz)\b", native.program.text, re.MULTILINE)
                job = await kipu.submit(program, device="ibm.qpu.fez", shots=500, transpile=True)
                counts = (await job.result(timeout=120)).counts
                assert set(counts) == keys, counts


def backend_conditions(url: str) -> None:
    with backend("kipu", "ibm.qpu.fez", emulator=url) as own:
        with step("the target of ibm.qpu.fez has conditions, and durations"):
            assert "if_else" in own.target.operation_names
            assert math.isclose(own.target["cz"][0, 1].duration, 68e-9)
            assert math.isclose(own.target["measure"][0,].duration, 1560e-9)
        with step("run takes conditions"):
            for circuit, keys in ((teleported(), {"0 00", "0 01", "0 10", "0 11"}), (branching(), {"010", "101"})):
                counts = own.run(transpile(circuit, own, seed_transpiler=5), shots=500).result().get_counts()
                assert set(counts) == keys, counts
        with step("run takes fractional gates, by any angle, and not together with conditions"):
            for angle in (-3.0, -2.0, -0.4, 0.4, 2.0, 3.0, 7.0):
                circuit = QuantumCircuit(2)
                circuit.h([0, 1])
                circuit.rzz(angle, 0, 1)
                circuit.h([0, 1])
                circuit.rx(angle, 0)
                circuit.measure_all()
                wanted = AER.run(circuit, shots=20 * SHOTS).result().get_counts()
                fitting = QuantumCircuit(156, 2)
                for place in (0, 1):
                    for gate in ("rz", "sx", "rz"):
                        fitting.sx(place) if gate == "sx" else fitting.rz(math.pi / 2, place)
                fitting.rzz(angle, 0, 1)
                for place in (0, 1):
                    for gate in ("rz", "sx", "rz"):
                        fitting.sx(place) if gate == "sx" else fitting.rz(math.pi / 2, place)
                fitting.rx(angle, 0)
                fitting.measure([0, 1], [0, 1])
                counts = own.run(fitting, shots=SHOTS).result().get_counts()
                assert distance(counts, wanted) < 0.06, (angle, counts, wanted)
            fitting.measure(0, 0)
            with fitting.if_test((fitting.clbits[0], 1)):
                fitting.x(0)
            with refused("ValidationError", "rx and rzz cannot be in a program with conditions"):
                own.run(fitting)
        with step("loops are refused by name"):
            circuit = QuantumCircuit(1, 1)
            circuit.measure(0, 0)
            with circuit.while_loop((circuit.clbits[0], 1)):
                circuit.measure(0, 0)
            with refused("ValidationError", "has while_loop, and of control flow only if_else is transpiled"):
                own.run(circuit)


# Native gates of Amazon Braket's processors and their couplings: IonQ's Forte, Rigetti's Ankaa, IQM's Garnet. The
# emulated Kipu has none of them, so the description of its simulator is changed.
ROW = {str(a): [str(b) for b in (a - 1, a + 1) if 1 <= b <= 9] for a in range(1, 10)}
BRAKET: Mapping[str, tuple[list[str], dict[str, Any]]] = {
    "IonQ": (["gpi", "gpi2", "zz"], {"fully_connected": True}),
    "Rigetti": (["rx", "rz", "iswap"], {"graph": ROW}),
    "IQM": (["prx", "cz"], {"graph": ROW}),
}


def check_verbatim(text: str, gates: list[str], *, coupled: bool) -> None:
    """Check that a verbatim box has native gates alone, on neighbours, by angles that the machine has."""
    _, box = text.split("#pragma braket verbatim\nbox {\n")
    for line in box.partition("}")[0].splitlines():
        match = re.fullmatch(r"(\w+)(?:\((.+)\))? \$(\d+)(?:, \$(\d+))?;", line)
        assert match is not None, line
        assert match[1] in gates, line
        if match[1] == "rx":
            assert float(match[2]) in {math.pi / 2, math.pi}, line
        if match[1] == "zz":
            assert 0 <= float(match[2]) <= math.pi / 2, line
        assert not coupled or match[4] is None or abs(int(match[3]) - int(match[4])) == 1, line


def on_braket(text: str) -> dict[str, int]:
    """Run a program on Amazon Braket's own simulator; return counts with bit 0 rightmost."""
    result = StateVectorSimulator().run(BraketProgram(source=text), shots=SHOTS)
    bits = {int(qubit): int(bit) for bit, qubit in re.findall(r"b\[(\d+)\] = measure \$(\d+);", text)}
    columns = sorted(range(len(bits)), key=lambda place: -bits[result.measuredQubits[place]])
    return Counter("".join(row[place] for place in columns) for row in result.measurements)


async def braket() -> None:
    for maker, (gates, connectivity) in BRAKET.items():
        change = {
            "/type": "QPU",
            "/configuration/gates": [{"name": name, "native_gate": True} for name in gates],
            "/configuration/connectivity": connectivity,
            "/configuration/qubit_count": 9,
        }
        fault = Fault(operation="getBackend", change=change)
        async with emulated(seed=1, faults=[fault]) as clouds, clouds.connect("kipu") as kipu:
            for name, circuit in CIRCUITS.items():
                with step(f"Amazon Braket, native gates of {maker}: {name}"):
                    [native] = await kipu.native_programs(circuit, device="aws.sim.sv1")
                    check_verbatim(native.program.text, gates, coupled="graph" in connectivity)
                    agree(on_braket(native.program.text), name)
                    job = await kipu.submit(circuit, device="aws.sim.sv1", shots=SHOTS, transpile=True)
                    counts = (await job.result(timeout=120)).counts
                    agree(counts, name)
                    wanted = [f"{register.name}[{bit}]" for register in circuit.cregs for bit in range(register.size)]
                    assert counts.bit_labels == tuple(reversed(wanted)), counts.bit_labels
                    assert (await kipu.raw.get_job(job.id)).input_params["disable_qubit_rewiring"] is True
            if maker == "IonQ":
                with step("Amazon Braket: a gate after a measurement is refused"):
                    circuit = QuantumCircuit(1, 2)
                    circuit.measure(0, 0)
                    circuit.h(0)
                    circuit.measure(0, 1)
                    with refused("ValidationError", "acts on qubit 0 after its measurement"):
                        await kipu.submit(circuit, device="aws.sim.sv1", shots=1, transpile=True)


# Bell in each device's own language, in gates that it does not have: H, and CNOT where H is replaced.
FOREIGN: Mapping[str, str] = {
    "ibm.qpu.fez": BELL3,
    "iqm.qpu.garnet": json.dumps(
        {
            "circuits": [
                {
                    "name": "bell",
                    "instructions": [
                        {"name": "h", "qubits": ["QB1"], "args": {}},
                        {"name": "cx", "qubits": ["QB1", "QB2"], "args": {}},
                        {"name": "measure", "qubits": ["QB1"], "args": {"key": "c_2_0_0"}},
                        {"name": "measure", "qubits": ["QB2"], "args": {"key": "c_2_0_1"}},
                    ],
                }
            ]
        }
    ),
    "QPU-GARNET-20PQ": BELL3,
}
FOREIGN_QUIL = "DECLARE ro BIT[2]\nH 0\nCNOT 0 1\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


async def foreign(cloud: str, device: str, url: str) -> None:
    """A Bell pair in other gates is refused, first for its H, then for its CNOT, each with its qubits."""
    bell = FOREIGN.get(device, FOREIGN_QUIL)
    rest = re.sub(r'h q\[0\];\n|H 0\n|{"name": "h"[^}]*}}, ', "", bell)
    h, cx = ("h on q[0]", "cx on q[0], q[1]") if bell == BELL3 else ("h on QB1", "cx on QB1, QB2")
    if bell == FOREIGN_QUIL:
        h, cx = "H on 0", "CNOT on 0, 1"
    async with anyqpu.connect(cloud, emulator=url) as client:
        for program, words in ((bell, h), (rest, cx)):
            with step(f"{cloud}:{device} refuses a Bell pair that was not transpiled: {words}"):
                with refused("ValidationError" if cloud == "rigetti" else "JobFailedError", words, "transpile"):
                    job = await client.submit(program, device=device, shots=100)
                    await job.result(timeout=60)


async def iswaps() -> None:
    """A processor without CZ: the emulated Ankaa has both, and Qiskit takes the CZ."""
    async with emulated(seed=1) as clouds, clouds.connect("rigetti") as rigetti:
        isa = await rigetti.raw.get_instruction_set_architecture("Ankaa-3")
        place = [operation.name for operation in isa.instructions].index("CZ")
        without = Fault(operation="GetInstructionSetArchitecture", remove=[f"/instructions/{place}"])
        clouds.emulator.faults.add(without)
        for name, circuit in CIRCUITS.items():
            with step(f"rigetti:Ankaa-3 by ISWAP alone: {name}"):
                [native] = await rigetti.native_programs(circuit, device="Ankaa-3")
                check_native(native.program.text, "Ankaa-3")
                assert "ISWAP" in native.program.text
                assert "CZ" not in native.program.text
                job = await rigetti.submit(circuit, device="Ankaa-3", shots=SHOTS, transpile=True)
                agree((await job.result(timeout=120)).counts, name)


def backend_iswaps(url: str) -> None:
    with step("rigetti:Ankaa-3: an ISWAP by backend.run"), backend("rigetti", "Ankaa-3", emulator=url) as own:
        circuit = QuantumCircuit(2, 2)
        circuit.x(0)
        circuit.iswap(0, 1)
        circuit.measure([0, 1], [0, 1])
        native = transpile(circuit, own, seed_transpiler=5)
        assert native.count_ops()["iswap"] == 1, native.count_ops()
        counts = own.run(native, shots=100).result().get_counts()
        assert counts == {"10": 100}, counts


async def options(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        with step("the same seed gives the same program, and a layout is kept"):
            programs = [
                (await kipu.native_programs(qft(), device="iqm.qpu.garnet", transpile=TranspileOptions(seed=seed)))[0]
                for seed in (1, 1)
            ]
            assert programs[0].program.text == programs[1].program.text
            chosen = TranspileOptions(layout=(8, 3))
            [native] = await kipu.native_programs(BELL2, device="iqm.qpu.garnet", transpile=chosen)
            assert native.layout == (8, 3)
            assert (native.before.two_qubit_gates, native.after.two_qubit_gates) == (1, 1)
        for level in range(4):
            with step(f"level {level}"):
                job = await kipu.submit(BELL3, device="ibm.qpu.fez", shots=500, transpile=level)
                assert set((await job.result(timeout=120)).counts) == {"00", "11"}
        with step("several programs are one job, and a handle has the order of the bits"):
            job = await kipu.submit([BELL2, bell(), BELL3], device="iqm.qpu.garnet", shots=100, transpile=True)
            async with anyqpu.connect("kipu", emulator=url) as other:
                result = await (await other.resume(str(job.handle))).result(timeout=60)
            assert [set(item.counts or ()) for item in result.items] == [{"00", "11"}] * 3


async def refused_programs(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        with step("what cannot be transpiled is refused, with the reason"):
            condition = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; measure q -> c; if(c==1) x q[0];'
            nothing = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; x q[0];'
            for program, words in (
                (condition, "classical control flow, which is not transpiled for IQM Garnet"),
                (nothing, "measures nothing"),
                ('{"circuits": []}', "transpile= takes OpenQASM and Qiskit circuits, not iqm_json"),
                (BELL2.replace("qreg q[2];", "qreg q[2]; qreg r[38];"), "has 40 qubits, and IQM Garnet has 20"),
            ):
                with refused("ValidationError", words):
                    await kipu.submit(program, device="iqm.qpu.garnet", shots=1, transpile=True)
            with refused("ValidationError", "parameters theta have no value"):
                circuit = QuantumCircuit(1, 1)
                circuit.rx(Parameter("theta"), 0)
                circuit.measure(0, 0)
                await kipu.submit(circuit, device="iqm.qpu.garnet", shots=1, transpile=True)
            with refused("UnsupportedOperationError", "QuEra Aquila has no native gates"):
                await kipu.submit(BELL2, device="aws.quera.aquila", shots=1, transpile=True)


async def loops(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as kipu:
        with step("the loop keeps running while a large circuit is transpiled"):
            wide = QuantumCircuit(40)
            wide.append(QFTGate(40), range(40))
            wide.measure_all()
            worst, is_done = 0.0, False

            async def watch() -> None:
                nonlocal worst
                while not is_done:
                    began = time.perf_counter()
                    await anyio.sleep(0.001)
                    worst = max(worst, time.perf_counter() - began)

            began = time.perf_counter()
            async with anyio.create_task_group() as group:
                group.start_soon(watch)
                with blockbuster_ctx(scanned_modules=["anyqpu", "anyqpu_programs"]):
                    await kipu.native_programs(wide, device="ibm.qpu.fez")
                is_done = True
            print(f"          {time.perf_counter() - began:.1f} s, in which the loop stood still for {worst:.3f} s")
            assert worst < 0.5, worst
        with step("a cancelled submit ends the transpiler"):
            with anyio.move_on_after(0.5):
                await kipu.native_programs(wide, device="ibm.qpu.fez", transpile=3)
            children = await anyio.run_process(["ps", "-eo", "args"])
            assert b"anyqpu_programs.transpiling.worker" not in children.stdout
        with step("a backend inside a running loop says what to use instead"):
            with refused("ClientStateError", "event loop is running", "transpile=True"):
                backend("kipu", "ibm.qpu.fez", emulator=url)
            own = await anyio.to_thread.run_sync(lambda: backend("kipu", "ibm.qpu.fez", emulator=url))
            await anyio.to_thread.run_sync(own.close)


def refusals(url: str) -> None:
    with backend("kipu", "iqm.qpu.garnet", emulator=url) as own:
        with step("run refuses what is not native, by gate and qubits"):
            with refused("ValidationError", "h on 0 is not native to IQM Garnet, which has r, cz"):
                own.run(bell())
            circuit = QuantumCircuit(20, 1)
            circuit.cz(0, 19)
            circuit.measure(0, 0)
            with refused("ValidationError", "cz acts on the qubits 0 and 19, which are not coupled"):
                own.run(circuit)
        with step("a job that does not complete raises JobError with anyqpu's error as its cause"):
            job = own.run(transpile(bell(), own), shots=10)
            if job.cancel():
                with refused("JobError", "did not complete", "JobCancelledError"):
                    job.result()
    with step("a closed backend says so, and closing again does nothing"):
        own.close()
        with refused("ClientStateError", "the backend is closed"):
            own.run(transpile(bell(), own))


async def libraries(url: str) -> None:
    qubits = cirq.LineQubit.range(2)
    with pennylane.tape.QuantumTape() as tape:
        pennylane.Hadamard(0)
        pennylane.CNOT([0, 1])
        pennylane.PauliX(2)
        pennylane.sample(wires=[0, 1, 2])
    programs = {
        "Cirq": (cirq.Circuit(cirq.H(qubits[0]), cirq.CNOT(*qubits), cirq.measure(*qubits, key="m")), {"00", "11"}),
        "PennyLane": (tape, {"100", "111"}),
        "pytket": (pytket.Circuit(3, 3).H(0).CX(0, 1).X(2).measure_all(), {"100", "111"}),
    }
    for cloud, device in (*HARDWARE[:4], SIMULATORS[0]):
        async with anyqpu.connect(cloud, emulator=url) as client:
            for name, (program, keys) in programs.items():
                with step(f"{cloud}:{device}: a circuit of {name}"):
                    job = await client.submit(program, device=device, shots=500, transpile=True)
                    counts = (await job.result(timeout=120)).counts
                    assert set(counts) == keys, counts
    with step("a function of PennyLane's is not a tape"):
        node = pennylane.QNode(pennylane.state, pennylane.device("default.qubit", wires=1))
        async with anyqpu.connect("kipu", emulator=url) as client:
            with refused("ValidationError", "invalid program of type QNode", "construct_tape"):
                await client.submit(node, device="kipu.sim.qsim", shots=1)


def tutorial(folder: Path) -> None:
    """Run the files and commands of the tutorial's page, whose test leaves them out."""
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs" / "tutorials" / "qiskit.md").read_text(encoding="utf-8")
    for name, text in re.findall(r'```\w+ title="([\w.]+)"\n(.*?)```', page, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    typed = [line.split()[1:] for line in page.splitlines() if line.startswith("$ ") and "pip install" not in line]
    assert len(typed) == 7, typed
    code = "from anyqpu_cli import main; main()"
    for program, *rest in typed:
        arguments = rest if program == "python" else ["-c", code, *rest]
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, (arguments, done.stderr[-1000:])
        words = {"-c": ("QB", "depth 3 ->"), "native_submit.py": ("111",), "native_refused.py": ("h on q[0]",)}
        assert all(word in done.stdout for word in words.get(arguments[0], ())), (arguments, done.stdout)


with step("the tutorial"), tempfile.TemporaryDirectory() as temporary:
    tutorial(Path(temporary))
anyio.run(braket)
anyio.run(iswaps)
with running(seed=1) as url:
    for cloud, device in (*HARDWARE, *SIMULATORS):
        if (cloud, device) in HARDWARE:
            anyio.run(foreign, cloud, device, url)
        anyio.run(submitted, cloud, device, url)
        ran(cloud, device, url)
    for loop in ("asyncio", "trio"):
        with step(f"on {loop}"):
            for steps in (options, conditions, refused_programs, loops):
                anyio.run(steps, url, backend=loop)
    refusals(url)
    backend_conditions(url)
    backend_iswaps(url)
    anyio.run(libraries, url)
    for cloud, device in HARDWARE:
        with step(f"an existing program of Qiskit's on {cloud}:{device}"):
            existing_program(
                f'from anyqpu.qiskit import backend; backend = backend("{cloud}", "{device}", emulator="{url}")'
            )
with step("and on Aer itself"):
    existing_program("from qiskit_aer import AerSimulator; backend = AerSimulator(seed_simulator=1)")
finish()
