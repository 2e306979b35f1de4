"""What QuEra's Aquila demands of an analog program: the limits of its own description.

Numbers that are not there or not numbers are left to the engine, which refuses them by name.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

from anyqpu_emulator.engines.native import NotNativeError
from anyqpu_emulator.shapes import is_list, is_object

from .catalogue import BACKENDS
from .configs import native_config

_NAME = "aws.quera.aquila"
_PARADIGM: Mapping[str, Any] = native_config(BACKENDS[_NAME], 0.0)["paradigm"]
_RANGES = {"amplitude": "rabiFrequencyRange", "detuning": "detuningRange", "phase": "phaseRange"}
# Of a decimal number as text, in parts of the limit.
_ROUNDING = 1e-9


def check(program: Any) -> None:
    """Raise NotNativeError for the first limit that a program breaks."""
    if not is_object(program):
        return
    register = _value(program, "setup", "ahs_register")
    sites: Any = _value(register, "sites")
    _check_sites([place for site in sites if (place := _numbers(site)) is not None] if is_list(sites) else [])
    hamiltonian = _value(program, "hamiltonian")
    fields: Any = _value(hamiltonian, "drivingFields")
    if is_list(fields) and len(fields) != 1:
        raise _error("hamiltonian.drivingFields", f"{len(fields)} fields; it has one drive")
    for name in ("shiftingFields", "localDetuning"):
        if _value(hamiltonian, name):
            raise _error(f"hamiltonian.{name}", "it has no local detuning")
    for field in fields if is_list(fields) else []:
        for key in _RANGES:
            _check_series(field, key)


def _check_sites(sites: list[list[float]]) -> None:
    lattice = _PARADIGM["lattice"]
    geometry, area = lattice["geometry"], lattice["area"]
    here = "setup.ahs_register.sites"
    if len(sites) > geometry["numberSitesMax"]:
        raise _error(here, f"{len(sites)} sites; it has {geometry['numberSitesMax']}")
    if not all(len(site) == 2 for site in sites):
        return
    for axis, side in enumerate(("width", "height")):
        size = max((site[axis] for site in sites), default=0.0) - min((site[axis] for site in sites), default=0.0)
        if _beyond(size, area[side]):
            raise _error(here, f"{_um(size)} wide along axis {axis}; it has {_um(area[side])}")
    radial, vertical = geometry["spacingRadialMin"], geometry["spacingVerticalMin"]
    for (one, first), (other, second) in itertools.combinations(enumerate(sites), 2):
        apart, rows = math.dist(first, second), abs(first[1] - second[1])
        if _beyond(radial, apart):
            raise _error(here, f"sites {one} and {other} are {_um(apart)} apart; it takes {_um(radial)} and more")
        if rows > radial * _ROUNDING and _beyond(vertical, rows):
            raise _error(
                here, f"rows of sites {one} and {other} are {_um(rows)} apart; it takes {_um(vertical)} and more"
            )


def _check_series(field: Any, key: str) -> None:
    here, limits = f"hamiltonian.drivingFields[0].{key}", _PARADIGM["rydberg"]["rydbergGlobal"]
    series = _value(field, key, "time_series")
    times, values = _numbers(_value(series, "times")), _numbers(_value(series, "values"))
    if not times or not values:
        return
    least, most = limits[_RANGES[key]]
    wrong = next((value for value in values if _beyond(value, most) or _beyond(least, value)), None)
    if wrong is not None:
        raise _error(here, f"{wrong:g}; it takes {least:g} to {most:g}")
    if _beyond(times[-1], limits["timeMax"]):
        raise _error(here, f"{times[-1]:g} s; it takes up to {limits['timeMax']:g} s")
    step = min((after - before for before, after in itertools.pairwise(times)), default=math.inf)
    if _beyond(limits["timeDeltaMin"], step):
        raise _error(here, f"times {step:g} s apart; it takes {limits['timeDeltaMin']:g} s and more")
    if key == "amplitude" and (values[0] or values[-1]):
        raise _error(here, f"begins at {values[0]:g} and ends at {values[-1]:g}; it begins and ends at 0")


def _beyond(value: float, limit: float) -> bool:
    return value - limit > _ROUNDING * max(abs(value), abs(limit))


def _value(node: Any, *keys: str) -> Any:
    for key in keys:
        node = node.get(key) if is_object(node) else None
    return node


def _numbers(value: Any) -> list[float] | None:
    try:
        return [float(item) for item in value] if is_list(value) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _um(metres: float) -> str:
    return f"{metres * 1e6:.6g} um"


def _error(here: str, reason: str) -> NotNativeError:
    return NotNativeError(f"{here}: {_NAME}: {reason}")
