"""Converted text, read again by independent readers and compared exactly."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr
from typing import Any

import anyqpu
from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat
from tests.meaning.cases import Case, Verdict, expressible
from tests.meaning.compare import exact_difference, internals
from tests.meaning.dialects import TooWideError, UnreadableError, braket, ionq
from tests.meaning.judging import Judgement, ask

# Languages without classical control.
_END_ONLY = {ProgramFormat.BRAKET_QASM3, ProgramFormat.IONQ_JSON}


def targets(case: Case) -> list[ProgramFormat]:
    """What the client converts a program's language to."""
    return sorted(_api()[1](ProgramFormat(case.language)))


def converted(case: Case, target: ProgramFormat) -> dict[str, Any]:
    """The program in another language: `{"text", "bits"}`; or `{"refused"}` with the message, or `{"wrong"}`."""
    convert = _api()[0]
    with redirect_stderr(io.StringIO()) as printed:
        try:
            program = convert(case, target)
        except anyqpu.AnyQPUError as error:
            message = str(error)
            leak = internals(message)
            outcome = {"wrong": f"the message shows {leak!r}: {message}"} if leak else {"refused": message}
        except Exception as error:  # nothing else may be raised
            outcome = {"wrong": f"outside the error tree: {type(error).__name__}: {error}"}
        else:
            outcome = {"text": program.text, "bits": getattr(program, "bits", None)}
    return {"wrong": f"prints on standard error: {printed.getvalue()}"} if printed.getvalue() else outcome


def run(cases: Iterable[Case], judged: Mapping[str, Judgement]) -> list[Verdict]:
    """The verdict on each conversion of each valid program."""
    pairs = [(case, target) for case in cases for target in targets(case) if case.group not in ("invalid", "mutant")]
    with ProcessPoolExecutor() as pool:
        outputs = list(pool.map(_converted, pairs, chunksize=8))
    tasks: list[dict[str, Any]] = []
    for place, ((_, target), output) in enumerate(zip(pairs, outputs, strict=True)):
        if "text" in output and target not in _END_ONLY:
            version = "openqasm2" if target is ProgramFormat.OPENQASM2 else "openqasm3"
            tasks.append({"name": str(place), "language": version, "text": openqasm(output["text"], target)})
    responses, _ = ask(tasks)
    verdicts: list[Verdict] = []
    for place, ((case, target), output) in enumerate(zip(pairs, outputs, strict=True)):
        judgement = judged[case.name]
        verdict, detail = verdict_on(target, output, responses.get(str(place)), judgement.exact)
        if verdict == "unjudged" and "text" in output and openqasm(output["text"], target) == case.text:
            verdict, detail = "right", "the text is the program's own"
        verdicts.append(
            Verdict(
                *("conversions", f"{case.language} -> {target}", case.name, verdict, detail, case.language),
                group(case, target),
                judgement.readable,
            )
        )
    return verdicts


def group(case: Case, target: ProgramFormat) -> str:
    """The program's group, or `beyond` where the target language need not be able to say what it does."""
    return case.group if expressible(case, target) else "beyond"


def verdict_on(
    target: ProgramFormat,
    output: Mapping[str, Any],
    response: Mapping[str, Any] | None,
    exact: Mapping[str, float] | None,
) -> tuple[Any, str]:
    """Compare a converted program's exact distribution; `response` is Qiskit's, for OpenQASM."""
    for verdict in ("refused", "wrong"):
        if verdict in output:
            return verdict, output[verdict]
    if exact is None:
        return "unjudged", "the program could not be judged"
    if target in _END_ONLY:
        try:
            shares = (braket if target is ProgramFormat.BRAKET_QASM3 else ionq)(output["text"])
        except UnreadableError as error:
            return "wrong", f"not in the language: {error}"
        except TooWideError as error:
            return "unjudged", str(error)
    elif response is None or "exact" not in response:
        return "unjudged", f"Qiskit cannot read the output: {response and response['problem']}"
    else:
        shares = response["exact"]
    problem = exact_difference(lowest(shares, output["bits"]), exact)
    return ("right", "") if problem is None else ("wrong", problem)


def lowest(shares: Mapping[str, float], bits: int | None) -> dict[str, float]:
    """The distribution of the lowest bits."""
    totals: dict[str, float] = {}
    for key, share in shares.items():
        kept = key if bits is None else key[len(key) - bits :]
        totals[kept] = totals.get(kept, 0.0) + share
    return totals


def openqasm(text: str, target: ProgramFormat) -> str:
    """The OpenQASM in a conversion's output."""
    return str(json.loads(text)["pubs"][0][0]) if target is ProgramFormat.IBM_PUBS else text


def _converted(pair: tuple[Case, ProgramFormat]) -> dict[str, Any]:
    return converted(*pair)


def _api() -> tuple[Any, Any]:
    """The client's functions for one conversion and for the list of them."""
    try:
        import anyqpu_programs as api

        if not hasattr(api, "convert"):
            raise ImportError
    except ImportError:
        from anyqpu.programs import conversions
        from anyqpu.programs.fitting import CONVERSIONS

        def refuse(reason: str) -> ValidationError:
            return ValidationError(reason)

        def old(case: Case, target: ProgramFormat) -> Program:
            program = Program.from_text(case.text)
            way = CONVERSIONS.get((program.format, target))
            return program if program.format is target or way is None else way(program, refuse)

        return old, conversions

    def new(case: Case, target: ProgramFormat) -> Program:
        program = Program.from_text(case.text)
        if case.parameters:
            program = api.bind(program, case.parameters)
        return program if program.format is target else api.convert(program, target)

    return new, api.conversions
