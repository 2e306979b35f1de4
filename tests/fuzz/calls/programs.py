"""Small programs in each language that a cloud takes."""

from __future__ import annotations

import json
import math
from typing import Any

from anyqpu import Program, ProgramFormat

QASM2 = """OPENQASM 2.0;
include "qelib1.inc";
qreg q[2];
creg c[2];
h q[0];
cx q[0], q[1];
measure q -> c;
"""
QASM3 = """OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
x q[0];
c[0] = measure q[0];
c[1] = measure q[1];
"""
TWO_REGISTERS = """OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit a;
bit b;
x q[0];
a = measure q[0];
b = measure q[1];
"""
BRAKET = Program(
    "OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\nx q[0];\ni q[1];\nb[0] = measure q[0];\nb[1] = measure q[1];\n",
    ProgramFormat.BRAKET_QASM3,
)
IONQ = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "targets": [0]}]}
IQM = {
    "circuits": [
        {
            "name": "x",
            "instructions": [
                {"name": "prx", "args": {"angle_t": 0.5, "phase_t": 0.0}, "qubits": ["QB1"]},
                {"name": "measure", "args": {"key": "c_2_0_0"}, "qubits": ["QB1"]},
                {"name": "measure", "args": {"key": "c_2_0_1"}, "qubits": ["QB2"]},
            ],
        }
    ]
}
IBM = {"pubs": [[QASM3, None, 20]], "version": 2}
QUIL = "DECLARE ro BIT[2]\nX 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
QUIL_WITH_MEMORY = (
    "DECLARE a BIT[2]\nDECLARE b BIT\nDECLARE theta REAL[2]\n"
    "RX(theta[1]) 0\nMEASURE 0 b\nMEASURE 0 a[0]\nMEASURE 1 a[1]\n"
)
AHS = {
    "braketSchemaHeader": {"name": "braket.ir.ahs.program", "version": "1"},
    "setup": {"ahs_register": {"sites": [["0.0", "0.0"]], "filling": [1]}},
    "hamiltonian": {
        "drivingFields": [
            {
                "amplitude": {
                    "time_series": {
                        "values": ["0", "4000000", "4000000", "0"],
                        "times": ["0", "0.0000001", "0.0000008", "0.000001"],
                    },
                    "pattern": "uniform",
                },
                "phase": {"time_series": {"values": ["0", "0"], "times": ["0", "0.000001"]}, "pattern": "uniform"},
                "detuning": {"time_series": {"values": ["0", "0"], "times": ["0", "0.000001"]}, "pattern": "uniform"},
            }
        ],
        "shiftingFields": [],
    },
}

# A circuit of two modes with its photons, as Perceval 1.3 writes an experiment.
PERCEVAL = (
    ":PCVL:zip:eJxdk8uWojAQQD/IBSqCoXchBAwPeQgI7FAQERWU1gBfPzz6TDtDFpw6KW7dVIUvC/n6F26q9Jnf0vv3FzqXvIe3e1"
    "eqUBhsq3CxnYeBczXvtNElWBs7Sq0z0ZzgTKNArQ57/5Ug4phXUfILynuK0CXy9npQ/EsiVVDEj7foQOw9ShlDOzcbiMLLcYfsoj"
    "PGZblWU6ooekS3YR0KhmSFenTn2oLf0s4Fjz5XQN/p5SixsdURFf3sWSlhyAUQ6AzMon/3e0f2B2szSs+ZoNGNu4Ac2bd4Cu+q1X"
    "7UTArG6HO746S0lkCO7QxhKMeIfuSlo5sNWSKjzEAQ4tyiQ56am0P+v4z4nzO2g/cUGTOD0T7chAtof91unNWqewSxDa+qjSH57F"
    "moe443azfc2DMb/n2Gnv1GcOjZbySR/3KBDf1SR/03t2qq2rogFxuI6wyjvnbeUWKLm6cGs+cGZhnuZxdTSDScXVf8Q7zzpu6+G2"
    "xxDRfDHDUWLXfIKwwrMVfzJGWwq+CZF5VKAhh0JmrG0ngjqxyVgCPCKo08rVs9wcAj74zGHDjtrGbDMeGRL531buQd9NAo1Kdohg"
    "z21zycLbqXMfHWkpDUKDvSDjjQ4cS4Pw8rjbyaA/Uhie9Rz7Nfat5WdOlMfkiaJWokgxeDA195naCp1fXkhxewUeiucYEzx0Q0kU"
    "tYd+DdyiCtkrprU6tRZv7m4S+V0+k98AIoozUt8ifuefChK0txG3sjL9T0kst9uOr9DOtKngsBLCc/kboV4C53reft3eaN7i9m8t"
    "sTz90u6jNADN6dPFaID/D7NvFgPyS+Euc6cLbVpjMcQeD00c8sA96lLzZ9N3Jkp4lcyfn93ZL+DhnDnG2UrdRqA8d/iO/vNmTFMv"
    "YlhmEE5g9melHh"
)


def sequence(*, variable: bool = False, operation: str = "pulse") -> str:
    """A Pulser sequence that turns one atom by pi."""
    value: Any = 2 * math.pi
    variables: dict[str, Any] = {}
    if variable:
        value = {"expression": "index", "lhs": {"variable": "omega"}, "rhs": 0}
        variables = {"omega": {"type": "float", "value": [0.0]}}
    pulse = {
        "op": operation,
        "channel": "ryd",
        "protocol": "min-delay",
        "post_phase_shift": 0.0,
        "amplitude": {"kind": "constant", "duration": 500, "value": value},
        "detuning": {"kind": "constant", "duration": 500, "value": 0},
        "phase": 0.0,
    }
    return json.dumps(
        {
            "version": "1",
            "name": "pulser-exported",
            "register": [{"name": "q0", "x": 0, "y": 0}],
            "channels": {"ryd": "rydberg_global"},
            "variables": variables,
            "operations": [pulse],
            "measurement": "ground-rydberg",
        }
    )


PULSER = sequence()
PULSER_WITH_VARIABLE = sequence(variable=True)
BROKEN_PULSER = sequence(operation="dance")
