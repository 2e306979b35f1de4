"""Programs as objects of Qiskit, Cirq, Braket, Pulser and Perceval, submitted with anyqpu on every route.

The one driver whose environment has this project in it; the libraries are as released.
"""

import random

import anyio
import cirq
import perceval
import pulser
from braket.circuits import Circuit as BraketCircuit
from pulser.devices import AnalogDevice
from qiskit import QuantumCircuit, qasm2, qasm3
from qiskit.circuit.library import Diagonal
from qiskit.quantum_info import Operator
from steps import finish, step

import anyqpu
from anyqpu import Program, ProgramFormat
from anyqpu_programs import convert

ROUTES = {
    "kipu": ("kipu.sim.qsim", "aws.sim.sv1", "azure.ionq.simulator", "qudora.sim.xg1", "ibm.qpu.fez"),
    "scaleway": ("EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ"),
}
# Gates with their angles and qubits, by Qiskit's names.
GATES = {
    **dict.fromkeys(("h", "x", "y", "z", "s", "sdg", "t", "tdg", "sx", "sxdg"), (0, 1)),
    **dict.fromkeys(("rx", "ry", "rz", "p"), (1, 1)),
    **dict.fromkeys(("cx", "cy", "cz", "ch", "csx", "swap", "iswap", "dcx", "ecr"), (0, 2)),
    **dict.fromkeys(("cp", "crx", "cry", "crz", "rxx", "ryy", "rzz", "rzx"), (1, 2)),
    **{"cu": (4, 2), "ccx": (0, 3), "ccz": (0, 3), "cswap": (0, 3)},
}


def of_qiskit() -> QuantumCircuit:
    circuit = QuantumCircuit(2, 2)
    circuit.x(0)
    circuit.measure([0, 1], [0, 1])
    return circuit


def of_cirq() -> cirq.Circuit:
    qubits = cirq.LineQubit.range(2)
    return cirq.Circuit(cirq.X(qubits[0]), cirq.measure(*qubits, key="m"))


def of_braket() -> BraketCircuit:
    return BraketCircuit().x(0).i(1).measure([0, 1])


def of_pulser() -> pulser.Sequence:
    sequence = pulser.Sequence(pulser.Register({"a": (-15, 0), "b": (15, 0)}), AnalogDevice)
    sequence.declare_channel("all", "rydberg_global")
    sequence.add(pulser.Pulse.ConstantPulse(1000, 3.1415927, 0, 0), "all")
    return sequence


def random_circuit(seed: int) -> QuantumCircuit:
    rng = random.Random(seed)
    circuit = QuantumCircuit(4)
    for _ in range(12):
        name = rng.choice(sorted(GATES))
        angles, width = GATES[name]
        getattr(circuit, name)(*[rng.uniform(-6, 6) for _ in range(angles)], *rng.sample(range(4), width))
    return circuit


async def main() -> None:
    for cloud, devices in ROUTES.items():
        async with anyqpu.connect(cloud) as client:
            for device in devices:
                for make in (of_qiskit, of_cirq, of_braket):
                    with step(f"{make.__name__.removeprefix('of_')} on {device}: X on qubit 0 of 2 is 01"):
                        job = await client.submit(make(), device=device, shots=50)
                        result = await job.result(timeout=120)
                        assert max(result.probabilities, key=result.probabilities.get) == "01", result.items
    with step("Qiskit instructions without a text of their own are written as what they consist of"):
        circuit = QuantumCircuit(2)
        circuit.initialize([0, 0, 1, 0])
        circuit.append(Diagonal([1, -1, 1, -1]), [0, 1])
        circuit.measure_all()
        async with anyqpu.connect("kipu") as client:
            job = await client.submit(circuit, device="kipu.sim.qsim", shots=50)
            assert (await job.result(timeout=60)).counts == {"10": 50}
    with step("a Pulser sequence on Pasqal: two atoms that do not see each other are both flipped"):
        async with anyqpu.connect("pasqal") as pasqal:
            result = await (await pasqal.submit(of_pulser(), device="EMU_FREE", shots=200)).result(timeout=120)
            assert result.counts.bit_labels == ("a", "b")
            assert result.counts["11"] > 180, result.counts
    with step("a Perceval circuit on Scaleway: two photons leave a beam splitter together"):
        async with anyqpu.connect("scaleway") as scaleway:
            circuit = perceval.Circuit(2) // perceval.BS()
            job = await scaleway.submit(
                circuit, device="EMU-SAMPLING-L4", shots=500, parameters={"input_state": "|1,1>"}
            )
            fock = (await job.result(timeout=120)).items[0].fock
            assert set(fock) == {"|0,2>", "|2,0>"}, fock
    with step("300 random circuits of Qiskit are the same operator after a conversion to OpenQASM 2"):
        for seed in range(300):
            circuit = random_circuit(seed)
            text = convert(Program.from_text(qasm3.dumps(circuit)), ProgramFormat.OPENQASM2).text
            assert Operator(circuit).equiv(Operator(qasm2.loads(text))), seed
    finish()


anyio.run(main)
