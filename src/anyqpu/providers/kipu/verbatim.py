"""Native programs of Amazon Braket's processors: circuits in a verbatim box, which Braket does not compile.

Kipu's document takes Braket's OpenQASM 3 with `disable_qubit_rewiring`. Kipu's own client, qhub-quantum 1.18.1, sends
verbatim boxes too: `sdk/qiskit/providers/aws/aws_backend.py`. IonQ's own native gates are not possible at Kipu
otherwise, because `gateset` of AzureIonq_JobInput is `qis` alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from anyqpu.core import native
from anyqpu.model.calibration import Calibration
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.status import DeviceKind

# By a maker's native gate, Qiskit's gates that are written with it. RX of Rigetti's is by multiples of pi/2 alone.
_GATES: Mapping[str, tuple[str, ...]] = {
    **{"rx": ("sx", "x"), "rz": ("rz",), "cz": ("cz",), "iswap": ("iswap",), "cphaseshift": ("cp",)},
    "prx": ("r",),
    # IonQ's. RZ is a change of frame: gates that follow it have another phase.
    **{"gpi": ("x",), "gpi2": ("sx", "rz"), "zz": ("rzz",)},
}
# Gates by which a processor can be programmed at all, beside one on two qubits.
_COMPLETE = ({"sx", "rz"}, {"r"})
_PAIRS = {"cz", "iswap", "cp", "rzz"}
_BOX = re.compile(r"^\s*#\s*pragma\s+braket\s+verbatim\b", re.MULTILINE)


def form_of(
    device: Device, names: Collection[str], calibration: Calibration | None, *, all_coupled: bool
) -> NativeForm | None:
    """Return the native form of a processor of Amazon Braket's; None where its gates, by their names, are not known."""
    if (device.cloud, device.kind) != ("AWS", DeviceKind.QPU) or ProgramFormat.BRAKET_QASM3 not in device.formats:
        return None
    own = {ours: name for name in map(str.lower, names) for ours in _GATES.get(name, ())}
    if not own.keys() & _PAIRS or not any(gates <= own.keys() for gates in _COMPLETE):
        return None
    form = native.form_of(
        device,
        language=ProgramFormat.BRAKET_QASM3,
        gates=own,
        all_coupled=all_coupled,
        calibration=calibration,
        # Of IonQ's ZZ too, the angle is from 0 to pi/2.
        fractional=("rzz",),
    )
    return replace(form, names=own)


def parameters(program: Program) -> dict[str, Any]:
    """Return what a job needs besides its program: Braket must not move the qubits of a verbatim box."""
    is_verbatim = program.format is ProgramFormat.BRAKET_QASM3 and _BOX.search(program.text)
    return {"disable_qubit_rewiring": True} if is_verbatim else {}
