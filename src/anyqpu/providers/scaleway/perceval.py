"""Perceval's jobs as Scaleway takes them: a text. Source: what Perceval's own client of Scaleway sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anyqpu.core.programs import photonics
from anyqpu.model.program import Program


def job(program: Program, shots: int, parameters: Mapping[str, Any]) -> str:
    """The text that a job is sent as: a job of Perceval's, or one that is made of a circuit or an experiment.

    Raises `ValidationError` for a circuit without `input_state` among the parameters; an experiment has it in itself.
    """
    return json.dumps(photonics.job_of(program, shots, parameters, provider="scaleway"))
