"""Perceval's circuits and experiments on Kipu's Quandela, as Perceval 1.3 writes them.

What the texts are and what they do is in the emulator's test data, which Perceval computed.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import Program, ProgramFormat
from anyqpu.errors import JobFailedError, ValidationError
from anyqpu.providers.kipu import programs
from tests.emulator.scaleway import support as other_side

pytestmark = pytest.mark.anyio
BELENOS = "quandela.sim.belenos"
WRITTEN: dict[str, Any] = json.loads((Path(other_side.__file__).parent / "data" / "perceval.json").read_text())


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[anyqpu.KipuClient]:
    async with anyqpu.connect("kipu", emulator=True) as client:
        yield client


async def test_a_circuit_gives_the_shares_that_perceval_computes(kipu: anyqpu.KipuClient) -> None:
    device = await kipu.device(BELENOS)
    assert ProgramFormat.PERCEVAL in device.formats
    parameters = {"input_state": "|1,0,0,0>", "command": "probs"}
    job = await kipu.submit(WRITTEN["circuit"], device=device, shots=10, parameters=parameters)
    probabilities = (await job.result(timeout=60)).probabilities
    for mode, row in enumerate(WRITTEN["unitary"]):
        state = ",".join("1" if place == mode else "0" for place in range(4))
        assert probabilities.get(f"|{state}>", 0.0) == pytest.approx(abs(complex(*row[0])) ** 2)


async def test_an_experiment_brings_its_photons(kipu: anyqpu.KipuClient) -> None:
    job = await kipu.submit(WRITTEN["experiment"], device=BELENOS, shots=300)
    fock = (await job.result(timeout=60)).items[0].fock
    assert fock is not None
    assert sum(fock.values()) == 300
    assert all(sum(map(int, state.strip("|>").split(","))) == 2 for state in fock)
    with pytest.raises(JobFailedError, match=r"does not compute ports and heralds.*anyqpu\[perceval\]"):
        await (await kipu.submit(WRITTEN["heralded"], device=BELENOS, shots=10)).result(timeout=60)


class State:
    """As an object of Perceval's, which writes itself down so."""

    def __str__(self) -> str:
        return "|1,0>"


@pytest.mark.parametrize("state", ["|1,0>", [1, 0], (1, 0), State(), ":PCVL:BasicState:|1,0>"])
def test_what_is_sent_is_what_perceval_sends(state: Any) -> None:
    program = Program(":PCVL:ACircuit:AAAA", ProgramFormat.PERCEVAL)
    content, word = programs.payload(program, 7, {"input_state": state})
    assert word == "PERCEVAL"
    assert content == {
        "command": "sample_count",
        "circuit": ":PCVL:ACircuit:AAAA",
        "input_state": ":PCVL:BasicState:|1,0>",
        "max_shots": 7,
        "max_samples": 7,
    }


@pytest.mark.parametrize(
    ("program", "parameters", "words"),
    [
        (":PCVL:ACircuit:AAAA", {}, "needs the photons"),
        (":PCVL:zip:eHg=", {}, "not valid Perceval text"),
        (":PCVL:ACircuit:AAAA", {"input_state": object()}, "not JSON"),
        (":PCVL:ACircuit:AAAA", {"input_state": "|1,0>", "shift": float("nan")}, "not JSON"),
    ],
)
async def test_what_does_not_fit_is_not_sent(
    kipu: anyqpu.KipuClient, program: str, parameters: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words) as caught:
        await kipu.submit(program, device=BELENOS, shots=5, parameters=parameters)
    assert caught.value.provider == "kipu"
    assert await kipu.jobs().collect() == []
