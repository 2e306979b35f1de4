"""Jobs for photons: a unitary with an input state, or what Perceval's client sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from anyqpu_emulator.shapes import is_object

from . import extras, perceval, photonic
from .errors import EngineError, InvalidProgramError, TooLargeHereError, UnsupportedProgramError
from .native import NotNativeError

Stopped = Callable[[], bool]
# Keys of Perceval's jobs that would change the result and are not computed.
_REFUSED = ("iterator", "noise", "heralds", "postselect")
_FEWEST = "min_detected_photons"
_COMMANDS = ("sample_count", "samples", "probs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a device runs: modes and photons, from the fewest to the most, and commands."""

    device: str
    modes: tuple[int, int]
    photons: tuple[int, int]
    commands: tuple[str, ...]

    def check(self, modes: int, photons: int) -> None:
        """Raise NotNativeError for a circuit that is too small or too large."""
        for name, number, (least, most) in (("modes", modes, self.modes), ("photons", photons, self.photons)):
            if not least <= number <= most:
                raise NotNativeError(f"the circuit has {number} {name}; {self.device} runs {least} to {most}")


def shots_of(text: str) -> int | None:
    """The shots in a job of Perceval's; None if it says none."""
    job = _job(text) or {}
    limits = [job.get(key) for key in ("max_samples", "max_shots")]
    numbers = [limit for limit in limits if isinstance(limit, int) and not isinstance(limit, bool)]
    return min(numbers) if numbers else None


def run(text: str, shots: int, rng: np.random.Generator, stopped: Stopped, limits: Limits | None = None) -> str:
    """The result: under `results` an object for a unitary, and Perceval's own text for its jobs.

    `limits` are those of a device that stands for hardware.
    """
    job = _job(text)
    if job is None:
        program = photonic.parse(text)
        if limits is not None:
            limits.check(len(program.state), sum(program.state))
        return _whole(photonic.sample(program, shots, rng, stopped))
    command = job.get("command", "sample_count")
    if limits is not None:
        if command not in limits.commands:
            raise NotNativeError(f"the command {command!r}: {limits.device} runs {', '.join(limits.commands)}")
        _check_size(job, limits)
    if command not in _COMMANDS:
        raise UnsupportedProgramError(f"the command {command!r} is not computed here; {', '.join(_COMMANDS)} are")
    try:
        return _light(job, command, shots, rng, stopped)
    except (UnsupportedProgramError, TooLargeHereError) as refusal:
        for key, value in job.items():
            # Unpacked as far as is reasonable, before Perceval unpacks all of it.
            if isinstance(value, str) and value.startswith(perceval.PREFIX):
                perceval.read(value, key)
        return _outside(refusal, text, shots, rng, stopped)


def _light(job: Mapping[str, Any], command: str, shots: int, rng: np.random.Generator, stopped: Stopped) -> str:
    program = _interferometer(job)
    if command == "probs":
        likely = photonic.probabilities(program, stopped)
        outcomes = {photonic.spell(outcome): share for outcome, share in likely.items() if share > 1e-16}
        return _whole(_text("BSDistribution", outcomes))
    counts = photonic.sample(program, shots, rng, stopped)
    return _whole(_text("BSCount", counts) if command == "sample_count" else _samples(counts, rng))


def _check_size(job: Mapping[str, Any], limits: Limits) -> None:
    """Check what is read without Perceval; it checks the rest in its client."""
    label = "experiment" if job.get("experiment") else "circuit"
    try:
        optics = perceval.optics(job.get(label), label)
        state = optics.state if job.get("input_state") is None else perceval.state_of(job["input_state"])
    except (UnsupportedProgramError, TooLargeHereError):
        return
    if state is not None:
        limits.check(len(optics.unitary), sum(state))


def _outside(refusal: EngineError, text: str, shots: int, rng: np.random.Generator, stopped: Stopped) -> str:
    """What is not computed here is for Perceval, where that is installed (extra `perceval`)."""
    if not extras.installed("perceval"):
        raise type(refusal)(f"{refusal}. {extras.advice('perceval', 'Perceval may compute it')}")
    try:
        return str(extras.apart("perceval_sim:run", text, shots, int(rng.integers(2**31)), stopped=stopped))
    except UnsupportedProgramError as error:
        raise UnsupportedProgramError(f"{refusal}; nor does Perceval compute it: {error}") from None


def _job(text: str) -> Mapping[str, Any] | None:
    """A job of Perceval's; None where it is something else."""
    try:
        job: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not is_object(job) or "unitary" in job or ("circuit" not in job and "experiment" not in job):
        return None
    return job


def _interferometer(job: Mapping[str, Any]) -> photonic.Interferometer:
    for key in _REFUSED:
        if job.get(key):
            raise UnsupportedProgramError(f"this emulator does not compute `{key}`")
    label = "experiment" if job.get("experiment") else "circuit"
    optics = perceval.optics(job.get(label), label)
    state = optics.state if job.get("input_state") is None else perceval.state_of(job["input_state"])
    if state is None or not any(state):
        raise InvalidProgramError("no photon enters the circuit: say which do, as input_state")
    # No photon is lost here, so a filter lets all outcomes pass or none.
    fewest = max(optics.fewest, _fewest(job))
    if fewest > sum(state):
        raise InvalidProgramError(f"{fewest} photons should be seen, and {sum(state)} enter")
    return photonic.interferometer(optics.unitary, state)


def _fewest(job: Mapping[str, Any]) -> int:
    """How many photons should be seen at least: older payloads say so outside of the experiment."""
    parameters: Any = job.get("parameters") or {}
    if not is_object(parameters) or set(parameters) - {_FEWEST}:
        raise UnsupportedProgramError("this emulator does not compute `parameters`")
    sent = [value for value in (job.get(_FEWEST), parameters.get(_FEWEST)) if value is not None]
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in sent):
        raise InvalidProgramError(f"{_FEWEST} should be a whole number")
    return max(sent, default=0)


def _whole(results: Any) -> str:
    return json.dumps({"results": results, "global_perf": 1.0})


def _text(kind: str, values: Mapping[str, float]) -> str:
    pairs = ";".join(f"{state}={value}" for state, value in values.items())
    return perceval.zipped(f"{perceval.PREFIX}{kind}:{{{pairs}}}")


def _samples(counts: Mapping[str, int], rng: np.random.Generator) -> str:
    """In an order such as they might have been seen in."""
    order = rng.permutation(np.repeat(np.arange(len(counts)), list(counts.values()))).tolist()
    return perceval.zipped(f"{perceval.PREFIX}BSSamples:{';'.join(counts)}/{';'.join(map(str, order))}")
