"""Perceval's jobs. Source: what Perceval's own client of Scaleway sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.providers.photonics import PREFIX, plain


def job(program: Program, shots: int, parameters: Mapping[str, Any]) -> str:
    """The text that a job is sent as: a job of Perceval's, or one that is made of a circuit or an experiment.

    Raises `ValidationError` for a circuit without `input_state` among the parameters; an experiment has it in itself.
    """
    limits = {"max_shots": shots, "max_samples": shots}
    if program.format is not ProgramFormat.PERCEVAL:
        return json.dumps({**program.content, **parameters, **limits})
    key = "experiment" if _is_experiment(program.text) else "circuit"
    fields = {"command": "sample_count", key: program.text, **parameters, **limits}
    state = fields.get("input_state")
    if state is None and key == "circuit":
        raise ValidationError(
            "a circuit of Perceval's needs the photons that enter it",
            provider="scaleway",
            hint="Such as parameters={'input_state': '|1,0,1>'}",
            fields=("parameters",),
        )
    if isinstance(state, str) and state.startswith("|"):
        fields["input_state"] = f"{PREFIX}BasicState:{state}"
    return json.dumps(fields)


def _is_experiment(text: str) -> bool:
    try:
        return plain(text).startswith(f"{PREFIX}Experiment:")
    except ValueError as error:
        raise ValidationError(
            f"the program is no text of Perceval's: {error}", provider="scaleway", fields=("program",)
        ) from error
