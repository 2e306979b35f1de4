"""Perceval's results and jobs, in the forms that Perceval 1.3 writes."""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

import anyqpu
from anyqpu import Program, ProgramFormat, ResultKind, errors
from anyqpu.errors import ValidationError
from anyqpu.providers.scaleway import ScalewayClient, perceval, qio
from tests.emulator.scaleway import support as other_side

STATES = some.lists(some.integers(0, 3), min_size=1, max_size=4).map(lambda n: f"|{','.join(map(str, n))}>")


def zipped(text: str) -> str:
    return ":PCVL:zip:" + base64.b64encode(zlib.compress(text.encode())).decode()


@given(counts=some.dictionaries(STATES, some.integers(1, 10**6), min_size=1), packed=some.booleans())
def test_counts_of_photons_come_back_as_they_were(counts: dict[str, int], packed: bool) -> None:
    text = ":PCVL:BSCount:{" + ";".join(f"{state}={count}" for state, count in counts.items()) + "}"
    [item] = qio.decode({"results": zipped(text) if packed else text, "physical_perf": 1})
    assert item.kind is ResultKind.FOCK
    assert item.fock == counts
    assert qio.decode({"results": dict(counts)})[0].fock == counts


@given(shots=some.lists(STATES, min_size=1, max_size=20))
def test_samples_of_photons_keep_their_order(shots: list[str]) -> None:
    states = list(dict.fromkeys(shots))
    text = ":PCVL:BSSamples:" + ";".join(states) + "/" + ";".join(str(states.index(state)) for state in shots)
    [item] = qio.decode(zipped(text))
    assert (item.kind, item.samples) == (ResultKind.SAMPLES, tuple(shots))
    assert item.fock == Counter(shots)


def test_shares_are_not_counts() -> None:
    [item] = qio.decode({"results": ":PCVL:BSDistribution:{|1,0>=0.25;|0,1>=0.75}"})
    assert (item.kind, item.probabilities) == (ResultKind.PROBABILITIES, {"|1,0>": 0.25, "|0,1>": 0.75})
    assert qio.decode({"results": ":PCVL:BSDistribution:{|1,0>=1}"})[0].kind is ResultKind.PROBABILITIES


def test_steps_of_an_iteration_are_results_of_their_own() -> None:
    steps = [{"results": ":PCVL:BSCount:{|1,0>=3}", "iteration": {"phi": value}} for value in (0, 1)]
    assert [item.fock for item in qio.decode({"results_list": steps})] == [{"|1,0>": 3}] * 2


def test_other_texts_of_perceval_are_kept_as_they_came() -> None:
    assert qio.decode({"results": ":PCVL:StateVector:(1,0)*|1,0>"})[0].kind is ResultKind.RAW


@pytest.mark.parametrize(
    "results",
    [
        ":PCVL:zip:eHg=",
        zipped(":PCVL:BSCount:{|1>=2}")[:-8],
        ":PCVL:BSCount:{1=2}",
        ":PCVL:BSCount:{|1>=many}",
        ":PCVL:BSCount:{|1>=-2}",
        ":PCVL:BSSamples:|1>/1",
        ":PCVL:BSSamples:|1>/-1",
    ],
)
def test_what_is_broken_is_an_error_and_no_result(results: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        qio.decode({"results": results})


def test_a_job_has_the_requested_shots() -> None:
    program = Program(
        json.dumps({"command": "probs", "circuit": ":PCVL:x", "max_shots": 1}), ProgramFormat.PERCEVAL_JSON
    )
    sent: dict[str, Any] = json.loads(perceval.job(program, 500, {"min_photons": 2}))
    assert sent == {
        "command": "probs",
        "circuit": ":PCVL:x",
        "min_photons": 2,
        "max_shots": 500,
        "max_samples": 500,
    }


def test_a_circuit_becomes_a_job_with_the_photons_that_enter_it() -> None:
    circuit = Program(":PCVL:ACircuit:AAAA", ProgramFormat.PERCEVAL)
    sent = json.loads(perceval.job(circuit, 7, {"input_state": "|1,0>"}))
    assert (sent["command"], sent["circuit"]) == ("sample_count", ":PCVL:ACircuit:AAAA")
    assert sent["input_state"] == ":PCVL:BasicState:|1,0>"
    with pytest.raises(ValidationError, match="needs the photons"):
        perceval.job(circuit, 7, {})
    with pytest.raises(ValidationError, match="not valid Perceval text"):
        perceval.job(Program(":PCVL:zip:eHg=", ProgramFormat.PERCEVAL), 7, {})


WRITTEN: dict[str, Any] = json.loads((Path(other_side.__file__).parent / "data" / "perceval.json").read_text())


@pytest.mark.anyio
async def test_a_circuit_as_perceval_writes_it_gives_the_shares_that_perceval_computes(anyio_backend: str) -> None:
    client: ScalewayClient = anyqpu.connect("scaleway", emulator=True)
    async with client as scaleway:
        parameters = {"input_state": "|1,0,0,0>", "command": "probs"}
        job = await scaleway.submit(WRITTEN["circuit"], device="EMU-SAMPLING-L4", shots=10, parameters=parameters)
        result = await job.result(timeout=60)
    probabilities = result.probabilities
    for mode, row in enumerate(WRITTEN["unitary"]):
        state = ",".join("1" if place == mode else "0" for place in range(4))
        assert probabilities.get(f"|{state}>", 0.0) == pytest.approx(abs(complex(*row[0])) ** 2)


@pytest.mark.anyio
async def test_an_experiment_as_perceval_writes_it_brings_its_photons(anyio_backend: str) -> None:
    client: ScalewayClient = anyqpu.connect("scaleway", emulator=True)
    async with client as scaleway, scaleway.session(device="EMU-SAMPLING-L4") as session:
        counted = await (await session.submit(WRITTEN["experiment"], shots=300)).result(timeout=60)
        fock = counted.items[0].fock
        assert fock is not None
        assert sum(fock.values()) == 300
        assert all(sum(map(int, state.strip("|>").split(","))) == 2 for state in fock)
        job = await session.submit(WRITTEN["experiment"], shots=40, parameters={"command": "samples"})
        sampled = (await job.result(timeout=60)).items[0]
        assert (sampled.kind, len(sampled.samples or ())) == (ResultKind.SAMPLES, 40)
        with pytest.raises(errors.JobFailedError, match="does not compute ports and heralds"):
            await (await session.submit(WRITTEN["heralded"], shots=10)).result(timeout=60)
