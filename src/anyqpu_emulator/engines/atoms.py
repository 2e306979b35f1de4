"""Sequences that the light engine refuses: Pulser's simulator runs them, where it is installed (extra `pulser`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import extras
from .errors import EngineError, UnsupportedProgramError
from .readout import misread


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

    Raises the refusal, with the extra's name, where there is no Pulser.
    """
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
