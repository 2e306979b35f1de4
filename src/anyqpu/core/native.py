"""The native form of a device, from what the common model says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from anyqpu._lazy import LazyModule
from anyqpu.errors import Hint, UnsupportedOperationError
from anyqpu.model.program import ProgramFormat

if TYPE_CHECKING:
    from anyqpu.model import native
    from anyqpu.model.calibration import Calibration, SiteCharacteristic
    from anyqpu.model.device import Device
    from anyqpu.model.native import NativeForm
else:
    native = LazyModule("anyqpu.model.native")

# Qiskit's names of gates, by those of makers that call them otherwise.
NAMES: Mapping[str, str] = {
    **{"prx": "r", "i": "id", "I": "id", "not": "x", "cnot": "cx", "ccnot": "ccx"},
    **{"si": "sdg", "ti": "tdg", "v": "sx", "vi": "sxdg", "u1": "p", "phaseshift": "p", "cphaseshift": "cp"},
    **{"xx": "rxx", "yy": "ryy", "zz": "rzz"},
    # Native Quil has RX by multiples of pi/2 alone.
    **{"RX": "sx", "RZ": "rz", "CZ": "cz", "CPHASE": "cp", "ISWAP": "iswap"},
}
# The languages in which native programs are written, the best first; others are converted from OpenQASM 3.
LANGUAGES = (ProgramFormat.IQM_JSON, ProgramFormat.QUIL)
_SECONDS = {"t1_us": ("T1", 1e-6), "t2_us": ("T2", 1e-6), "T1": ("T1", 1.0), "T2": ("T2", 1.0)}
_DURATIONS = {"duration_ns": 1e-9, "duration_us": 1e-6, "duration": 1.0}
# Gates of a processor that are made as another one, by which their errors are known.
_ALIKE = {"x": "sx", "rx": "sx", "rzz": "cz"}

Values: TypeAlias = dict[tuple[int, ...], float]


def form_of(
    device: Device,
    *,
    gates: Collection[str] | None = None,
    couplings: tuple[tuple[int, int], ...] | None = None,
    all_coupled: bool = False,
    language: ProgramFormat | None = None,
    calibration: Calibration | None = None,
    durations: Mapping[str, Mapping[tuple[int, ...], float]] | None = None,
    resets: bool = False,
    conditions: bool = False,
    fractional: Collection[str] = (),
) -> NativeForm:
    """Return the native form of a device.

    Args:
        device: The device.
        gates: Its gates by their names there; None: `device.native_gates`.
        couplings: Its couplings; None: `device.couplings`.
        all_coupled: Whether all qubits are coupled where neither says anything.
        language: The language of native programs; None: the best of `device.formats`.
        calibration: Measured errors, durations and times.
        durations: Durations in seconds that the calibration does not have.
        resets: Whether a qubit can be reset.
        conditions: Whether operations can depend on measured bits.
        fractional: Those of `NativeForm`, by Qiskit's names.

    Raises:
        UnsupportedOperationError: Its gates or couplings are not known.
    """
    names = (device.native_gates or ()) if gates is None else tuple(gates)
    if language is None:
        language = next((format for format in LANGUAGES if format in device.formats), ProgramFormat.OPENQASM3)
    ours = dict.fromkeys(ours for name in names if (ours := NAMES.get(name, name)) in native.GATES[language])
    if language is ProgramFormat.QUIL and "sx" in ours:
        ours["x"] = None
    pairs = couplings if couplings is not None else device.couplings
    if not ours:
        refuse(device, "has no native gates that are known")
    if pairs is None and not all_coupled:
        refuse(device, "does not say which of its qubits are coupled")
    topology = calibration.topology if calibration is not None else None
    topology = topology or device.topology
    qubits = topology.nodes if topology is not None else tuple(range(device.num_qubits or 0))
    if not qubits:
        refuse(device, "does not say how many qubits it has")
    errors, measured, times = _figures(calibration)
    for name, values in (durations or {}).items():
        measured.setdefault(NAMES.get(name, name), {}).update(values)
    return native.NativeForm(
        device=device.name,
        language=language,
        gates=ours,
        qubits=qubits,
        couplings=pairs,
        resets=resets,
        conditions=conditions,
        fractional=tuple(name for name in fractional if name in ours),
        errors=errors,
        durations=measured,
        times=times,
    )


def refuse(device: Device, problem: str) -> NoReturn:
    """Raise `UnsupportedOperationError` for a device for which no program can be transpiled."""
    own = "Submit a program in its own form"
    raise UnsupportedOperationError(
        f"{device.name} {problem}",
        provider=device.provider,
        hint=Hint(f"{own}, without transpile=", f"{own}, without --transpile"),
    )


def _figures(
    calibration: Calibration | None,
) -> tuple[dict[str, Values], dict[str, Values], dict[str, dict[int, float]]]:
    """Return errors of gates and measurements as shares, their durations, and times of qubits, in seconds."""
    errors: dict[str, Values] = {}
    durations: dict[str, Values] = {}
    times: dict[str, dict[int, float]] = {}
    for site in calibration.sites if calibration is not None else ():
        operation = "measure" if site.operation in {"measure", "MEASURE"} else NAMES.get(site.operation, site.operation)
        if site.name in _SECONDS and len(site.nodes) == 1:
            name, unit = _SECONDS[site.name]
            times.setdefault(name, {})[site.nodes[0]] = site.value * unit
        elif site.name in _DURATIONS and site.nodes and site.value >= 0:
            durations.setdefault(operation, {})[site.nodes] = site.value * _DURATIONS[site.name]
        elif site.nodes and (error := _error(site)) is not None:
            errors.setdefault(operation, {})[site.nodes] = error
    for name, alike in _ALIKE.items():
        if alike in errors:
            errors.setdefault(name, errors[alike])
    return errors, durations, times


def _error(site: SiteCharacteristic) -> float | None:
    """Return an error as a share; a name that begins with `f` is that of a fidelity."""
    if site.name in {"error", "readout_error"}:
        error = site.value
    elif site.name.startswith("f"):
        error = 1 - site.value
    else:
        return None
    return error if 0 <= error <= 1 else None
