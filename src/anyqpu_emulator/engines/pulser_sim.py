"""Sequences on Pulser's own simulator. Called in a process of its own, see `extras`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError

MAX_ATOMS = 14
"""Sixteen thousand amplitudes take seconds to minutes."""
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
    config = _config(pulser, simulation, configuration, runs)
    atoms, mixing = len(sequence.register.qubit_ids), _MIXING & set(config.noise_model.noise_types)
    most = _MAX_MIXED if mixing else MAX_ATOMS
    if atoms > most:
        what = f" with {', '.join(sorted(mixing))}" if mixing else ""
        raise ProgramTooLargeError(f"the register has {atoms} atoms; up to {most} are computed{what}")
    results = simulation.QutipBackendV2(sequence, config=config).run()
    counts = results.get_result(f"bitstrings_{_OWN_TAG}", 1.0)
    return {str(key): int(value) for key, value in counts.items()}, str(results.to_abstract_repr())


def _sequence(pulser: Any, text: str, variables: Mapping[str, Any]) -> Any:
    try:
        sequence = pulser.Sequence.from_abstract_repr(text)
    except Exception as error:  # Pulser's readers raise all sorts
        raise InvalidProgramError(f"Pulser cannot read the sequence: {error}") from None
    if sequence.is_register_mappable():
        raise UnsupportedProgramError("mappable registers are not emulated; build the sequence with a register")
    if sequence.is_parametrized():
        wanted = {name: value for name, value in variables.items() if name in sequence.declared_variables}
        try:
            sequence = sequence.build(**wanted)
        except Exception as error:
            raise InvalidProgramError(f"Pulser cannot build the sequence: {error}") from None
    return sequence


def _config(pulser: Any, simulation: Any, text: str | None, runs: int) -> Any:
    """What was wanted, and the bit strings at the end besides."""
    own = pulser.backend.BitStrings(evaluation_times=[1.0], num_shots=runs, tag_suffix=_OWN_TAG)
    if text is None:
        return simulation.QutipConfig(observables=[own], default_num_shots=runs)
    try:
        given = pulser.backend.EmulationConfig.from_abstract_repr(text)
        return given.with_changes(observables=(*given.observables, own))
    except Exception as error:
        raise InvalidProgramError(f"Pulser cannot read backend_configuration: {error}") from None
