"""Jobs and results of photonic computers as Perceval writes them. Source: Perceval's own serialisation."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.core.programs.packing import unpack
from anyqpu.core.results.forms import Budget, FormError, check_shots, size_of
from anyqpu.core.sound import LARGEST
from anyqpu.core.values import finite
from anyqpu.errors import Hint, ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.model.result import ResultItem, ResultKind

PREFIX, ZIPPED = ":PCVL:", ":PCVL:zip:"
_STATE = re.compile(r"\|[^|>]*>")
_PART = re.compile(r"[^;]+")


def job_of(program: Program, shots: int, parameters: Mapping[str, Any], *, provider: str) -> dict[str, Any]:
    """Return the job that Perceval's clients send: as it is, or made of a circuit or an experiment.

    Args:
        program: In the format `PERCEVAL_JSON` or `PERCEVAL`.
        shots: How often to run it.
        parameters: Further keys of the job. `input_state`, such as `"|1,0,1>"`, are the photons that enter a circuit;
            an experiment has them in itself.
        provider: For the error.

    Raises:
        ValidationError: A circuit has no `input_state`, or the text is not Perceval's.
    """
    limits = {"max_shots": shots, "max_samples": shots}
    parameters = _plain_parameters(parameters, provider)
    if program.format is not ProgramFormat.PERCEVAL:
        return {**program.content, **parameters, **limits}
    key = "experiment" if _is_experiment(program.text, provider) else "circuit"
    fields: dict[str, Any] = {"command": "sample_count", key: program.text, **parameters, **limits}
    state = fields.get("input_state")
    if state is None and key == "circuit":
        raise ValidationError(
            "a circuit of Perceval's needs the photons that enter it",
            provider=provider,
            hint=Hint("Such as parameters={'input_state': '|1,0,1>'}", "Such as --parameter 'input_state=|1,0,1>'"),
            fields=("parameters",),
        )
    if isinstance(state, str) and state.startswith("|"):
        fields["input_state"] = f"{PREFIX}BasicState:{state}"
    return fields


def _plain_parameters(parameters: Mapping[str, Any], provider: str) -> dict[str, Any]:
    """The keys as JSON has them; the photons may be a list, or an object of Perceval's that writes itself `|1,0>`."""
    plain = dict(parameters)
    state = plain.get("input_state")
    if isinstance(state, list | tuple):
        plain["input_state"] = f"|{','.join(map(str, cast('Sequence[Any]', state)))}>"
    elif state is not None and not isinstance(state, str) and _STATE.fullmatch(str(state)):
        plain["input_state"] = str(state)
    try:
        json.dumps(plain, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValidationError(
            f"the parameters are not JSON: {error}", provider=provider, fields=("parameters",)
        ) from error
    return plain


def _is_experiment(text: str, provider: str) -> bool:
    try:
        return plain(text).startswith(f"{PREFIX}Experiment:")
    except ValueError as error:
        raise ValidationError(
            f"the program is not valid Perceval text: {error}", provider=provider, fields=("program",)
        ) from error


def decode(body: Any, budget: Budget | None = None) -> list[ResultItem]:
    """Return the results in a response of Perceval's computers; an empty list for any other response.

    Args:
        body: What a job gave.
        budget: What unpacking may take.

    Raises:
        One of `qio.MALFORMED`: It looks like one, and is not.
    """
    budget = budget or Budget(None, size_of(body))
    if isinstance(body, str) and body.startswith(PREFIX):
        return [_item(body, budget)]
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    if "results_list" in fields:
        # One for each step of an iteration.
        return [_item(step["results"], budget) for step in fields["results_list"]]
    results = fields.get("results")
    return [_item(results, budget)] if _is_photonic(results) else []


def _is_photonic(results: Any) -> bool:
    if isinstance(results, str):
        return results.startswith(PREFIX)
    keys = cast("dict[str, Any]", results) if isinstance(results, dict) else {}
    return bool(keys) and all(_STATE.fullmatch(key) for key in keys)


def _item(results: Any, budget: Budget) -> ResultItem:
    if isinstance(results, str):
        return _serialised(results, budget)
    return _states({str(state): _number(value) for state, value in results.items()})


def plain(text: str, budget: Budget | None = None) -> str:
    """Return Perceval's text, unpacked if it is compressed; raise `FormError` if it is not compressed as it says."""
    return unpack(text.removeprefix(ZIPPED), budget) if text.startswith(ZIPPED) else text


def _number(value: Any) -> float:
    number = finite(value)
    if number is None or number < 0:
        raise FormError("these are not photonic states with counts")
    return float(number)


def _serialised(text: str, budget: Budget) -> ResultItem:
    """Perceval's own text: `:PCVL:BSCount:{|1,0>=3;|0,1>=7}`, perhaps compressed."""
    kind, _, content = plain(text, budget).removeprefix(PREFIX).partition(":")
    match kind:
        case "BSCount" | "BSDistribution":
            # One after the other: a text that is compressed may repeat a state a million times.
            pairs = (part[0].rpartition("=") for part in _PART.finditer(content.strip("{}")))
            values = {state: float(value) for state, _, value in pairs}
            return _states(values, exact=kind == "BSDistribution")
        case "BSSamples":
            return _samples(content)
        case _:
            return ResultItem(kind=ResultKind.RAW)


def _states(values: Mapping[str, float], *, exact: bool = False) -> ResultItem:
    """Counts of photonic states, or their shares, which are not whole numbers."""
    wrong = [state[:40] for state in values if not _STATE.fullmatch(state)]
    if wrong or any(not 0 <= value < LARGEST for value in values.values()):
        raise FormError(
            f"these are not photonic states with counts: {wrong[:4] or [state[:40] for state in values][:4]}"
        )
    if exact or not all(value.is_integer() for value in values.values()):
        return ResultItem(kind=ResultKind.PROBABILITIES, probabilities=dict(values))
    counts = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return ResultItem(kind=ResultKind.FOCK, fock={state: int(count) for state, count in counts})


def _samples(content: str) -> ResultItem:
    """The states that there are, and for each shot which of them it was: `|1,0>;|0,1>/0;1;1`."""
    states, _, order = content.partition("/")
    check_shots(order.count(";"), None)
    names = states.split(";")
    places = [int(part[0]) for part in _PART.finditer(order)]
    if not all(0 <= place < len(names) for place in places):
        raise FormError("a sample is a state that is not listed")
    samples = tuple(names[place] for place in places)
    totals = Counter(samples)
    return ResultItem(kind=ResultKind.SAMPLES, samples=samples, fock=dict(totals.most_common()))
