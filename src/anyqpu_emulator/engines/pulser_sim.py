"""Sequences on Pulser's own simulator. Called in a process of its own, see `extras`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError
from .extras import sentence

MAX_ATOMS = 14
"""Sixteen thousand amplitudes take seconds to minutes."""
_MAX_THREE_LEVEL = 8
"""Rydberg and digital channels together: three levels each."""
_MAX_MIXED = 6
"""Noise that needs a density matrix."""
_MIXING = {"relaxation", "dephasing", "depolarizing", "eff_noise", "leakage"}
_OWN_TAG = "counted"


def run(
    text: str, variables: Mapping[str, Any], runs: int, seed: int, configuration: str | None
) -> tuple[dict[str, int], str]:
    """How often each bit string was seen, and Pulser's results as it writes them.

    `configuration` is an `EmulationConfig`, as Pulser writes it.
    """
    # Pulser draws from numpy's one generator; this process has it for itself.
    np.random.seed(seed)
    pulser: Any = importlib.import_module("pulser")
    simulation: Any = importlib.import_module("pulser_simulation")
    sequence = _sequence(pulser, text, variables)
    one = _state_of_one(pulser, sequence)
    config = _config(pulser, simulation, configuration, runs, one)
    atoms, mixing = len(sequence.register.qubit_ids), _MIXING & set(config.noise_model.noise_types)
    most = _MAX_MIXED if mixing else MAX_ATOMS if one is None else _MAX_THREE_LEVEL
    if atoms > most:
        three = " with Rydberg and digital channels together" if one else ""
        label = f" with {', '.join(sorted(mixing))}" if mixing else three
        raise ProgramTooLargeError(f"the register has {atoms} atoms; up to {most} are computed{label}")
    results = simulation.QutipBackendV2(sequence, config=config).run()
    counts = results.get_result(f"bitstrings_{_OWN_TAG}", 1.0)
    return {str(key): int(value) for key, value in counts.items()}, str(results.to_abstract_repr())


def _sequence(pulser: Any, text: str, variables: Mapping[str, Any]) -> Any:
    try:
        sequence = pulser.Sequence.from_abstract_repr(text)
    except Exception as error:  # Pulser's readers raise all sorts
        raise InvalidProgramError(f"Pulser cannot read the sequence: {_short(error)}") from None
    mappable = sequence.is_register_mappable()
    if mappable or sequence.is_parametrized():
        wanted = {name: value for name, value in variables.items() if name in sequence.declared_variables}
        try:
            sequence = sequence.build(qubits=variables.get("qubits") if mappable else None, **wanted)
        except Exception as error:
            raise InvalidProgramError(f"Pulser cannot build the sequence: {_short(error)}") from None
    return sequence


def _short(error: Exception) -> str:
    """One sentence; the validator of JSON would add the whole document, so where it fails is said instead."""
    if type(error).__module__.startswith("jsonschema"):
        place = ".".join(map(str, [*_deepest(error).absolute_path][:2]))
        return f"it does not follow Pulser's schema{f' at {place}' if place else ''}"
    return sentence(error)


def _deepest(error: Any) -> Any:
    """Of the reasons of a validator, the one whose place is the most exact."""
    deepest, waiting = error, [error]
    while waiting:
        reason = waiting.pop()
        deepest = max(deepest, reason, key=lambda one: len(one.absolute_path))
        waiting += reason.context or []
    return deepest


def _state_of_one(pulser: Any, sequence: Any) -> str | None:
    """The state that is read as 1 where atoms have three levels; None where Pulser knows it.

    Raises UnsupportedProgramError where a basis is measured that no light works in.
    """
    used = set(pulser.sampler.sample(sequence).used_bases)
    measured = sequence.get_measurement_basis() if sequence.is_measured() else None
    if used == {"ground-rydberg", "digital"}:
        return "r" if measured == "ground-rydberg" else "h"
    if used and measured is not None and measured not in used:
        raise UnsupportedProgramError(
            f"the sequence is measured in the basis {measured!r} and only drives {next(iter(used))!r}"
        )
    return None


def _config(pulser: Any, simulation: Any, text: str | None, runs: int, one: str | None) -> Any:
    """What was wanted, and the bit strings at the end besides."""
    own = pulser.backend.BitStrings(evaluation_times=[1.0], num_shots=runs, one_state=one, tag_suffix=_OWN_TAG)
    if text is None:
        return simulation.QutipConfig(observables=[own], default_num_shots=runs)
    try:
        configuration = pulser.backend.EmulationConfig.from_abstract_repr(text)
        return configuration.with_changes(observables=(*configuration.observables, own))
    except Exception as error:
        raise InvalidProgramError(f"Pulser cannot read backend_configuration: {_short(error)}") from None
