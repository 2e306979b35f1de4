"""The computations of jobs and workloads."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from anyqpu_emulator.engines import atoms, pulses, rydberg
from anyqpu_emulator.engines.atom_device import made_for
from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    UnsupportedProgramError,
)
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.workers import Failure

from .catalogue import RULES
from .submission import BatchSpec, JobSpec

Stopped = Callable[[], bool]
Compute = Callable[[Stopped], bytes | Failure]
# The mean of several runs' bit strings is their union, the third way of Pulser's AggregationMethod.
_BAG_UNION = 3


def computation(batch: BatchSpec, job: JobSpec, seed: list[int]) -> Compute:
    """Run the sequence and count. Equal seeds give equal results."""

    def compute(stopped: Stopped) -> bytes | Failure:
        try:
            return _compute(batch, job, np.random.default_rng(seed), stopped)
        except EngineError as error:
            return Failure(error.code, str(error))

    return compute


def _compute(batch: BatchSpec, job: JobSpec, rng: np.random.Generator, stopped: Stopped) -> bytes:
    text, variables = job.sequence or batch.sequence_builder or "", job.variables or {}
    if batch.strict and "device" in RULES.of(batch.device.device_type):
        text = made_for(json.loads(batch.device.specs), text)
    configuration = batch.backend_configuration
    try:
        if configuration is not None:
            _check_configuration(configuration)
        sequence = pulses.parse(text, variables)
        raw = rydberg.measure(sequence, job.shots, rng, stopped=stopped)
    except (UnsupportedProgramError, ProgramTooLargeError) as refusal:
        raw, whole = atoms.outside(
            refusal, text, variables, job.shots, rng, stopped=stopped, configuration=configuration
        )
    else:
        whole = json.dumps(_pulser_results(sequence, dict(sorted(Counter(raw).items()))))
    result: dict[str, Any] = {"counter": dict(sorted(Counter(raw).items())), "raw": raw}
    if configuration is not None:
        result["serialised_results"] = whole
    return json.dumps(result).encode()


def _check_configuration(text: str) -> None:
    """Refuse what would change the results and is not computed, rather than return something else."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"backend_configuration is not JSON: {error}") from None
    configuration: dict[str, Any] = value if is_object(value) else {}
    noise = configuration.get("noise_model")
    if is_object(noise) and noise.get("noise_types"):
        raise UnsupportedProgramError("backend_configuration: noise is not emulated")
    for key in ("initial_state", "interaction_matrix", "with_modulation", "prefer_device_noise_model"):
        if configuration.get(key):
            raise UnsupportedProgramError(f"backend_configuration: {key} is not emulated")
    observables = configuration.get("observables")
    for observable in observables if is_list(observables) else []:
        if not is_object(observable):
            raise InvalidProgramError("backend_configuration: observables should be objects")
        kind = observable.get("observable")
        if kind != "bitstrings":
            raise UnsupportedProgramError(
                f"backend_configuration: the observable {kind!r} is not computed, only bitstrings"
            )
        if observable.get("one_state") not in (None, "r"):
            raise UnsupportedProgramError(
                f"backend_configuration: bitstrings with one_state {observable['one_state']!r} are not computed"
            )
        times = observable.get("evaluation_times") or configuration.get("default_evaluation_times")
        if is_list(times) and times != [1.0]:
            raise UnsupportedProgramError("backend_configuration: bitstrings are computed at the end only, time 1.0")


def _pulser_results(sequence: pulses.Sequence, counter: dict[str, int]) -> dict[str, Any]:
    """Pulser's `Results` with one observable, the bit strings at the end."""
    tag = str(uuid.uuid4())
    return {
        "atom_order": list(sequence.atoms),
        "total_duration": sequence.duration,
        "tagmap": {"bitstrings": tag},
        "results": {tag: [counter]},
        "times": {tag: [1.0]},
        "aggregation_methods": {tag: _BAG_UNION},
    }
