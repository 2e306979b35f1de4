"""Jobs of Perceval on Perceval's own simulators. Called in a process of its own, see `extras`."""

from __future__ import annotations

import importlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .extras import sentence

_KIND = re.compile(r"^\w+(Error|Exception): ")
_MOST_OUTCOMES, _MOST_PHOTONS = 1_000_000, 20


def run(text: str, shots: int, seed: int) -> str:
    """The result as Perceval's client reads it."""
    perceval: Any = importlib.import_module("perceval")
    serialization: Any = importlib.import_module("perceval.serialization")
    perceval.random_seed(seed)
    try:
        job: dict[str, Any] = serialization.deserialize(json.loads(text))
        experiment = _experiment(perceval, job)
    except Exception as error:  # Perceval's readers raise all sorts
        raise InvalidProgramError(f"Perceval cannot read the job: {sentence(error)}") from None
    command = str(job.get("command") or "sample_count")
    processor = perceval.Processor(_backend(experiment, command), experiment)
    sampler = perceval.algorithm.Sampler(processor, max_shots_per_call=job.get("max_shots") or shots)
    sampler.add_iteration_list(job.get("iterator") or [])
    computation = getattr(sampler, command)
    outcome = computation() if command == "probs" else computation(shots)
    if outcome is None:
        # Perceval keeps what went wrong, rather than raise it.
        reason = str(getattr(computation.status, "stop_message", None) or "no result")
        raise UnsupportedProgramError(_KIND.sub("", reason.strip().splitlines()[-1])[:300])
    return json.dumps(serialization.serialize(outcome))


def _experiment(perceval: Any, job: Mapping[str, Any]) -> Any:
    """What the job says inside of its experiment, and what older ones say beside their circuit."""
    experiment = job.get("experiment")
    if experiment is None:
        experiment = perceval.Experiment(job["circuit"])
    if job.get("noise"):
        noise = job["noise"]
        experiment.noise = perceval.NoiseModel(**noise) if isinstance(noise, dict) else noise
    heralds: Mapping[Any, Any] = job.get("heralds") or {}
    for mode, photons in heralds.items():
        experiment.add_herald(int(mode), int(photons))
    if job.get("postselect"):
        chosen = job["postselect"]
        experiment.set_postselection(perceval.PostSelect(chosen) if isinstance(chosen, str) else chosen)
    parameters: Mapping[str, Any] = job.get("parameters") or {}
    fewest = job.get("min_detected_photons", parameters.get("min_detected_photons"))
    if fewest is not None:
        experiment.min_detected_photons_filter(int(fewest))
    if job.get("input_state") is not None:
        experiment.with_input(job["input_state"])
    return experiment


def _backend(experiment: Any, command: str) -> str:
    """All probabilities where there are not too many outcomes, else one sample after another."""
    photons, modes = int(experiment.input_state.n), int(experiment.circuit_size)
    if math.comb(photons + modes - 1, photons) <= _MOST_OUTCOMES:
        return "SLOS"
    if command == "probs" or photons > _MOST_PHOTONS:
        raise ProgramTooLargeError(
            f"{photons} photons in {modes} modes: Perceval computes up to {_MOST_OUTCOMES} outcomes here, and samples "
            f"of up to {_MOST_PHOTONS} photons"
        )
    return "CliffordClifford2017"
