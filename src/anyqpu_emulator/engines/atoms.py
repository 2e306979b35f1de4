"""Sequences that the light engine refuses: Pulser's simulator runs them, where it is installed (extra `pulser`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from anyqpu_emulator.shapes import is_list, is_object

from . import extras, pulser_sim, waveforms
from .errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    TooLargeHereError,
    UnsupportedProgramError,
)
from .expressions import Values
from .readout import misread

_MAX_OPERATIONS = 10_000
_WAVEFORMS = ("amplitude", "detuning", "phase", "waveform")


def outside(
    refusal: EngineError,
    text: str,
    variables: Mapping[str, Any],
    runs: int,
    rng: np.random.Generator,
    *,
    stopped: Callable[[], bool],
    configuration: str | None = None,
) -> tuple[list[str], str]:
    """One bit string per run, and Pulser's results as it writes them.

    Raises the refusal, with the extra's name, where there is no Pulser; and as it is, where it is about size that
    Pulser would need even more memory for.
    """
    if isinstance(refusal, ProgramTooLargeError) and not isinstance(refusal, TooLargeHereError):
        raise refusal
    _check_size(text, variables)
    if not extras.installed("pulser"):
        raise type(refusal)(f"{refusal}. {extras.advice('pulser', 'Pulser may compute it')}")
    try:
        counts, whole = extras.apart(
            "pulser_sim:run", text, dict(variables), runs, int(rng.integers(2**31)), configuration, stopped=stopped
        )
    except UnsupportedProgramError as error:
        raise UnsupportedProgramError(f"{refusal}; nor does Pulser compute it: {error}") from None
    ordered = dict(sorted(counts.items()))
    width = len(next(iter(ordered), ""))
    values = [int(key, 2) for key in ordered]
    slots = rng.permutation(np.repeat(np.arange(len(values)), list(ordered.values()))).astype(np.intp)
    values, slots = misread(values, slots, range(width), rng)
    texts = [format(value, f"0{width}b") for value in values]
    return [texts[slot] for slot in slots.tolist()], whole


def _check_size(text: str, variables: Mapping[str, Any]) -> None:
    """Raise an error for what Pulser would take gigabytes to read: it makes samples of everything."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not is_object(document):
        raise InvalidProgramError("the sequence should be a JSON object, as Sequence.to_abstract_repr() writes it")
    register, operations = document.get("register"), document.get("operations")
    if is_list(register) and len(register) > pulser_sim.MAX_ATOMS and not any("qid" in atom for atom in register):
        raise ProgramTooLargeError(
            f"the register has {len(register)} atoms; up to {pulser_sim.MAX_ATOMS} are computed, with Pulser"
        )
    if not is_list(operations) or len(operations) > _MAX_OPERATIONS:
        raise ProgramTooLargeError(f"operations should be a list of at most {_MAX_OPERATIONS} operations")
    _check_clocks(document.get("device"))
    declared = document.get("variables")
    values, total = Values(declared if is_object(declared) else {}, variables), 0.0
    for place, node in enumerate(operations):
        if not is_object(node):
            raise InvalidProgramError(f"operations[{place}] should be an object")
        total += _longest(node, values, f"operations[{place}]")
        if total > waveforms.MAX_DURATION:
            raise ProgramTooLargeError(
                f"operations[{place}]: the sequence lasts {total:g} ns; {waveforms.MAX_DURATION} ns are computed"
            )


def _longest(node: Mapping[str, Any], values: Values, label: str) -> float:
    """How long an operation lasts, at most."""
    times = [values.number(node[key], f"{label}.{key}") for key in ("time", "duration") if key in node]
    for key in _WAVEFORMS:
        waveform = node.get(key)
        if is_object(waveform) and "kind" in waveform and waveform.get("duration") != 0:
            times.append(len(waveforms.read(waveform, values, f"{label}.{key}")))
    return max(times, default=0.0)


def _check_clocks(device: Any) -> None:
    """Raise an error for a device whose shortest pulse is longer than what is computed."""
    for key in ("channels", "dmm_objects"):
        channels: Any = device.get(key) if is_object(device) else None
        for channel in channels if is_list(channels) else []:
            for limit in ("clock_period", "min_duration"):
                value: Any = channel.get(limit) if is_object(channel) else None
                if isinstance(value, int | float) and not value <= waveforms.MAX_DURATION:
                    raise ProgramTooLargeError(
                        f"device: {limit} is {value:g} ns; {waveforms.MAX_DURATION} are computed"
                    )
