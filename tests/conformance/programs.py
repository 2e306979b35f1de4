"""Small programs that the emulated clouds run."""

from __future__ import annotations

import json
from typing import Any

BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
# A Bell pair in Aspen's gates: H is RZ(pi/2) RX(pi/2) RZ(pi/2), and CZ between two H on qubit 1 is CNOT.
H = "RZ(pi/2) {0}\nRX(pi/2) {0}\nRZ(pi/2) {0}\n"
QUIL = (
    "DECLARE ro BIT[2]\n"
    + H.format(0) + H.format(1) + "CZ 0 1\n" + H.format(1)
    + "MEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
)  # fmt: skip
IBM_JOB: dict[str, Any] = {
    "backend_id": "ibm.qpu.fez",
    "shots": 10,
    "name": "a job",
    "tags": ["a", "b"],
    "input": {
        "pubs": [['OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; x q; c = measure q;', None, 10]],
        "version": 2,
    },
    "input_params": {"program_id": "sampler"},
}
QIO_BELL = json.dumps(
    {
        "programs": [{"compression_format": 1, "serialization_format": 2, "serialization": BELL}],
        "backend": {"name": "aer", "version": 2, "options": {}},
        "noise_model": None,
    }
)


def _constant(value: float) -> dict[str, Any]:
    return {"kind": "constant", "duration": 500, "value": value}


FLIP = json.dumps(
    {
        "version": "1",
        "name": "pulser-exported",
        "register": [{"name": "q0", "x": 0, "y": 0}],
        "channels": {"ryd": "rydberg_global"},
        "variables": {},
        "operations": [
            {
                "op": "pulse",
                "channel": "ryd",
                "protocol": "min-delay",
                "post_phase_shift": 0.0,
                "amplitude": _constant(6.283185307179586),
                "detuning": _constant(0.0),
                "phase": 0.0,
            }
        ],
        "measurement": "ground-rydberg",
    }
)
"""One atom, turned by pi: always "1"."""
