"""Running programs over the emulator by the public client, as a user would."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import anyio

import anyqpu
from anyqpu.model.program import ProgramFormat
from tests.meaning.cases import Case, Verdict, expressible
from tests.meaning.compare import difference, exact_difference, internals, names_line
from tests.meaning.judging import Judgement

SHOTS = 4000
_TOGETHER = 6
_SECONDS = 120.0
_SUITES = {"invalid": "invalid", "mutant": "mutants"}
_GATE_MODEL = {
    ProgramFormat.OPENQASM2,
    ProgramFormat.OPENQASM3,
    ProgramFormat.BRAKET_QASM3,
    ProgramFormat.IONQ_JSON,
    ProgramFormat.IBM_PUBS,
}


@dataclass(frozen=True, slots=True)
class Route:
    """A device of a cloud, and the languages that it takes."""

    cloud: str
    device: str
    formats: tuple[ProgramFormat, ...]

    @property
    def name(self) -> str:
        """The cloud and the device."""
        return f"{self.cloud}: {self.device}"


async def discover(url: str) -> list[Route]:
    """The gate-model devices of all emulated clouds that take a language which OpenQASM can be turned into."""
    routes: list[Route] = []
    for provider in ("scaleway", "kipu", "pasqal", "rigetti"):
        async with anyqpu.connect(provider, emulator=url) as client:
            async for device in client.devices():
                formats = tuple(device.formats or ())
                if _GATE_MODEL & set(formats):
                    name = device.name if provider == "scaleway" else device.id
                    routes.append(Route(provider, name, formats))
    return routes


def chosen(cases: Sequence[Case], routes: Sequence[Route], stride: int) -> list[tuple[Case, Route]]:
    """Which programs run where: those written by hand on all routes, generated ones on `each` of them in turn."""
    pairs: list[tuple[Case, Route]] = []
    for place, case in enumerate(cases):
        generated = case.name.rpartition("-")[2].isdigit()
        for step in range(min(stride, len(routes)) if generated else len(routes)):
            # A stride that shares no factor with the number of routes reaches all of them.
            route = routes[(place * stride + step) % len(routes)]
            if not other_rules(case, route):
                pairs.append((case, route))
    return pairs


def other_rules(case: Case, route: Route) -> bool:
    """A program without include may be right in Braket's dialect and wrong in OpenQASM 3."""
    braket = ProgramFormat.BRAKET_QASM3 in route.formats
    return braket and case.group == "invalid" and case.language == "openqasm3" and "include" not in case.text


async def run(
    url: str, pairs: Sequence[tuple[Case, Route]], judged: Mapping[str, Judgement], shots: int = SHOTS
) -> list[Verdict]:
    """The verdict on each pair, in their order."""
    verdicts: dict[int, Verdict] = {}
    clouds = sorted({route.cloud for _, route in pairs})
    limiter = anyio.CapacityLimiter(_TOGETHER)
    clients: dict[str, Any] = {}

    async def one(place: int, case: Case, route: Route) -> None:
        async with limiter:
            verdict, detail = await verdict_on(clients[route.cloud], case, route, judged.get(case.name), shots)
        readable = case.name in judged and judged[case.name].readable
        verdicts[place] = Verdict(
            _SUITES.get(case.group, "routes"),
            route.name,
            case.name,
            verdict,
            detail,
            case.language,
            _group(case, route),
            readable,
        )

    async with AsyncExitStack() as stack:
        for cloud in clouds:
            clients[cloud] = await stack.enter_async_context(anyqpu.connect(cloud, emulator=url))
        async with anyio.create_task_group() as tasks:
            for place, (case, route) in enumerate(pairs):
                tasks.start_soon(one, place, case, route)
    return [verdicts[place] for place in sorted(verdicts)]


async def run_several(
    url: str, available: Sequence[Route], cases: Sequence[Case], judged: Mapping[str, Judgement], shots: int = SHOTS
) -> list[Verdict]:
    """Lists of three programs in one submit, where a device takes them: `result.items` in their order."""
    verdicts: list[Verdict] = []
    usable = [case for case in cases if case.group == "end" and judged[case.name].exact and not case.parameters]
    for place, route in enumerate(available):
        async with anyqpu.connect(route.cloud, emulator=url) as client:
            for start in range(place, min(len(usable) - 3, place + 30), 3):
                three = usable[start : start + 3]
                verdict, detail = await _several(client, three, route, judged, shots)
                if verdict is None:
                    break
                verdicts.append(Verdict("several", route.name, three[0].name, verdict, detail))
    return verdicts


async def _several(
    client: Any, cases: Sequence[Case], route: Route, judged: Mapping[str, Judgement], shots: int
) -> tuple[Any, str]:
    """The verdict on a list; None where the device takes one program in each job."""
    try:
        job = await client.submit([case.text for case in cases], device=route.device, shots=shots)
        result = await job.result(timeout=_SECONDS)
    except anyqpu.AnyQPUError as error:
        return (None, "") if "one program" in str(error) else ("refused", str(error))
    except Exception as error:  # nothing else may be raised
        return "wrong", f"outside the error tree: {type(error).__name__}: {error}"
    if len(result.items) != len(cases):
        return "wrong", f"{len(result.items)} results of {len(cases)} programs"
    for case, item in zip(cases, result.items, strict=True):
        if item.counts is None:
            return "refused", f"{case.name}: no counts"
        if problem := difference(item.counts, judged[case.name].exact or {}):
            return "wrong", f"{case.name}: {problem}"
    return "right", ""


def _group(case: Case, route: Route) -> str:
    return case.group if any(expressible(case, language) for language in route.formats) else "beyond"


async def verdict_on(
    client: Any, case: Case, route: Route, judgement: Judgement | None, shots: int = SHOTS
) -> tuple[Any, str]:
    """Submit a program, wait for its result, and compare."""
    options: dict[str, Any] = {"parameters": case.parameters} if case.parameters else {}
    began = time.monotonic()
    try:
        with anyio.fail_after(_SECONDS):
            job = await client.submit(case.text, device=route.device, shots=shots, **options)
            result = await job.result(timeout=_SECONDS)
    except anyqpu.AnyQPUError as error:
        return _refusal(case, error, valid=judgement is not None and judgement.readable)
    except TimeoutError:
        return "refused", f"no result after {time.monotonic() - began:.0f} s"
    except TypeError as error:
        if case.parameters and "parameters" in str(error):
            return "refused", "submit has no `parameters`"
        return "wrong", f"outside the error tree: {type(error).__name__}: {error}"
    except Exception as error:  # nothing else may be raised
        return "wrong", f"outside the error tree: {type(error).__name__}: {error}"
    if case.group == "invalid":
        return "wrong", "accepted"
    if judgement is None or judgement.exact is None:
        return "unjudged", "" if judgement is None else judgement.problem
    return compared(result, judgement.exact, shots)


def compared(result: Any, exact: Mapping[str, float], shots: int) -> tuple[Any, str]:
    """The verdict on a result."""
    try:
        counts = result.counts
    except anyqpu.AnyQPUError as error:
        probabilities = result.items[0].probabilities if len(result.items) == 1 else None
        if probabilities is None:
            return "refused", f"no counts: {error}"
        if exact_difference(probabilities, exact) is None:
            return "right", ""
        # Shares of samples rather than exact ones.
        counts = {key: round(share * shots) for key, share in probabilities.items()}
    problem = difference({key.replace(" ", ""): count for key, count in counts.items()}, exact)
    return ("right", "") if problem is None else ("wrong", problem)


def _refusal(case: Case, error: Exception, *, valid: bool) -> tuple[Any, str]:
    hint = getattr(error, "hint", None)
    message = f"{error}" + (f" ({hint})" if hint and hint not in str(error) else "")
    if leak := internals(message):
        return "wrong", f"the message shows {leak!r}: {message}"
    if case.group not in ("invalid", "mutant") or (case.group == "mutant" and valid):
        return "refused", message
    if (case.line is not None or case.group == "mutant") and not names_line(message):
        return "wrong", f"the message names no line: {message}"
    return "right", ""
