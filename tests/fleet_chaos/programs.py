"""What the fleets of these tests send to each cloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anyqpu_emulator.clouds.pasqal.catalogue import PROJECT_ID
from tests.conformance.programs import QUIL
from tests.emulator.pasqal.helpers import PI, constant, pulse, sequence


@dataclass(frozen=True, slots=True)
class CloudWork:
    """The work for one cloud.

    Attributes:
        create: The operation that submits a job, for faults.
        connect: Options of `connect`.
        submit: Options of `submit`.
    """

    provider: str
    device: str
    programs: Sequence[str]
    create: str
    connect: Mapping[str, Any] = field(default_factory=dict[str, Any])
    submit: Mapping[str, Any] = field(default_factory=dict[str, Any])


def flips(number: int) -> str:
    """Return a program on four qubits whose only result is a number."""
    gates = "".join(f"x q[{bit}];\n" for bit in range(4) if number >> bit & 1)
    return f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[4] q;\nbit[4] c;\n{gates}c = measure q;\n'


def flips_2(number: int) -> str:
    """Return the same in OpenQASM 2."""
    gates = "".join(f"x q[{bit}];\n" for bit in range(4) if number >> bit & 1)
    return f'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[4];\ncreg c[4];\n{gates}measure q -> c;\n'


ATOMS = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
CLOUDS = {
    "kipu": CloudWork("kipu", "kipu:kipu.sim.qsim", [flips(number) for number in range(16)], "createJob"),
    "scaleway": CloudWork(
        "scaleway", "scaleway:EMU-AER-16C-128M", [flips_2(number) for number in range(4)], "CreateJob"
    ),
    "pasqal": CloudWork("pasqal", "pasqal:EMU_FREE", [ATOMS], "create_batch", {"project_id": PROJECT_ID}),
    "rigetti": CloudWork("rigetti", "rigetti:Ankaa-3", [QUIL], "ExecuteControllerJob"),
    "zeromq": CloudWork("rigetti", "rigetti:Aspen-9", [QUIL], "execute_qpu_request", submit={"execution": "zeromq"}),
}
