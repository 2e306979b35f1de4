"""Bell pairs in the native form of each device, written by hand from the makers' documentation.

IBM: H is RZ(pi/2) SX RZ(pi/2). IQM: PRX(t, p) turns by t around the axis cos(p) X + sin(p) Y, so PRX(t, pi/2) is RY(t).
Rigetti: H is RZ(pi/2) RX(pi/2) RZ(pi/2). Each makes CNOT of CZ between Hadamard gates, or turns by RY, on the target.
"""

from __future__ import annotations

import json
from typing import Any

IBM = """OPENQASM 3.0;
include "stdgates.inc";
bit[2] c;
rz(pi/2) $0; sx $0; rz(pi/2) $0;
rz(pi/2) $1; sx $1; rz(pi/2) $1;
cz $0, $1;
rz(pi/2) $1; sx $1; rz(pi/2) $1;
c[0] = measure $0; c[1] = measure $1;
"""
IQM_OPENQASM = """OPENQASM 3.0;
include "stdgates.inc";
gate r(theta, phi) q { rz(-phi) q; rx(theta) q; rz(phi) q; }
bit[2] c;
r(pi/2, pi/2) $0;
r(pi/2, pi/2) $1;
cz $0, $1;
r(-pi/2, pi/2) $1;
c[0] = measure $0; c[1] = measure $1;
"""
RIGETTI = """DECLARE ro BIT[2]
RZ(pi/2) 0
RX(pi/2) 0
RZ(pi/2) 0
RZ(pi/2) 1
RX(pi/2) 1
RZ(pi/2) 1
CZ 0 1
RZ(pi/2) 1
RX(pi/2) 1
RZ(pi/2) 1
MEASURE 0 ro[0]
MEASURE 1 ro[1]
"""
# ISWAP between qubits on which RZ(-pi/2) came before makes what CNOT would.
RIGETTI_ISWAP = """DECLARE ro BIT[2]
RZ(pi/2) 0
RX(pi/2) 0
RZ(pi/2) 0
RZ(pi/2) 1
RX(pi/2) 1
RZ(pi/2) 1
RZ(-pi/2) 0
RZ(-pi/2) 1
ISWAP 0 1
RZ(pi/2) 0
RX(pi/2) 0
RZ(pi/2) 0
MEASURE 0 ro[0]
MEASURE 1 ro[1]
"""


def prx(qubit: str, angle: float, phase: float = 0.25) -> dict[str, Any]:
    """IQM's PRX, in full turns."""
    return {"name": "prx", "qubits": [qubit], "args": {"angle_t": angle, "phase_t": phase}}


def measure(*qubits: str) -> dict[str, Any]:
    return {"name": "measure", "qubits": list(qubits), "args": {"key": "m"}}


def cz(*qubits: str) -> dict[str, Any]:
    return {"name": "cz", "qubits": list(qubits), "args": {}}


def iqm(*instructions: dict[str, Any]) -> str:
    """A job for IQM."""
    return json.dumps({"circuits": [{"name": "test", "instructions": list(instructions)}]})


IQM = iqm(prx("QB1", 0.25), prx("QB2", 0.25), cz("QB1", "QB2"), prx("QB2", -0.25), measure("QB1", "QB2"))


def aquila(
    *sites: tuple[float, float],
    amplitude: tuple[list[float], list[float]] = ([0.0, 1e-7, 9e-7, 1e-6], [0.0, 3.5e6, 3.5e6, 0.0]),
    detuning: float = 0.0,
    **more: Any,
) -> dict[str, Any]:
    """An analog program for QuEra's Aquila: one drive, off at the beginning and the end."""

    def series(times: list[float], values: list[float]) -> dict[str, Any]:
        return {"time_series": {"times": times, "values": values}, "pattern": "uniform"}

    end = amplitude[0][-1]
    drive = {
        "amplitude": series(*amplitude),
        "detuning": series([0.0, end], [detuning, detuning]),
        "phase": series([0.0, end], [0.0, 0.0]),
    }
    places = [list(site) for site in sites]
    return {
        "setup": {"ahs_register": {"sites": places, "filling": [1] * len(places)}},
        "hamiltonian": {"drivingFields": [drive], "shiftingFields": [], **more},
    }
