"""Results of transpiled programs have the registers and bits of the program that was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import anyqpu
from anyqpu.core.results.program_order import in_program_order, spaced
from anyqpu.model.counts import Counts
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu_emulator.server import running

# Registers `a` of 2 bits and `Out` of 1, which the native program calls c0 and c1.
FACTS = [{"registers": [["a", 2, "c0"], ["Out", 1, "c1"]], "layout": [4, 5]}]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(seed=1) as address:
        yield address


def ordered(counts: Counts, samples: tuple[str, ...] | None = None) -> ResultItem:
    item = ResultItem(kind=ResultKind.COUNTS, counts=counts, samples=samples)
    return in_program_order(Result(job_id="j", provider="p", items=(item,)), FACTS).items[0]


def test_bits_that_were_not_measured_are_zero_and_all_have_their_names() -> None:
    item = ordered(Counts({"10": 3, "01": 2}, bit_labels=("c0[1]", "c1[0]")), ("10", "01"))
    assert item.counts == {"010": 3, "100": 2}
    assert item.counts is not None
    assert item.counts.bit_labels == ("Out[0]", "a[1]", "a[0]")
    assert item.registers == {"a": {"10": 3, "00": 2}, "Out": {"0": 3, "1": 2}}
    assert item.samples == ("010", "100")


def test_bits_in_another_order_are_put_in_place() -> None:
    item = ordered(Counts({"100": 1}, bit_labels=("c0[0]", "c0[1]", "c1[0]")))
    assert item.counts == {"001": 1}


@pytest.mark.parametrize("labels", [None, ("b[2]", "b[1]", "b[0]")])
def test_bits_under_other_names_are_those_of_the_program_if_there_are_as_many(labels: tuple[str, ...] | None) -> None:
    item = ordered(Counts({"110": 1}, bit_labels=labels))
    assert item.counts is not None
    assert (dict(item.counts), item.counts.bit_labels) == ({"110": 1}, ("Out[0]", "a[1]", "a[0]"))


@pytest.mark.parametrize("facts", [None, [], [{}, {}], [{"registers": [["a", "2", "c0"]]}], [{"registers": 3}], "x"])
def test_facts_of_another_form_change_nothing(facts: object) -> None:
    item = ResultItem(kind=ResultKind.COUNTS, counts=Counts({"1": 1}))
    result = Result(job_id="j", provider="p", items=(item,))
    assert in_program_order(result, facts) == result


def test_other_bits_and_other_kinds_change_nothing() -> None:
    counts = Counts({"1": 1}, bit_labels=("zz[0]",))
    assert ordered(counts).counts is counts
    item = ResultItem(kind=ResultKind.PROBABILITIES, probabilities={"1": 1.0})
    assert in_program_order(Result(job_id="j", provider="p", items=(item,)), FACTS).items[0] is item


def test_qiskit_writes_a_space_between_registers() -> None:
    assert spaced("100", (2, 1)) == "1 00"
    assert spaced("100", (3,)) == "100"
    assert spaced("10", (1, 0, 1)) == "1 0"


@pytest.mark.anyio
async def test_a_handle_in_another_process_has_all_that_it_takes(url: str) -> None:
    program = "DECLARE c0 BIT[2]\nDECLARE c1 BIT[1]\nRX(pi) 3\nMEASURE 3 c0[1]\nMEASURE 4 c1[0]\n"
    async with anyqpu.connect("rigetti", emulator=url) as client:
        job = await client.submit(program, device="Aspen-9", shots=10)
        job = replace(job, decode={**job.decode, "transpiled": FACTS})
        assert (await job.result(timeout=60)).counts == {"010": 10}
        handle = str(job.handle)
    async with anyqpu.connect("rigetti", emulator=url) as client:
        resumed = await client.resume(handle)
        assert resumed.layouts == ((4, 5),)
        assert (await resumed.result(timeout=60)).counts == {"010": 10}


@pytest.mark.parametrize("facts", [None, [], [{}], [{"layout": 3}], [{"layout": ["x"]}], 3, "x"])
@pytest.mark.anyio
async def test_a_job_without_a_layout_says_none(url: str, facts: object) -> None:
    async with anyqpu.connect("kipu", emulator=url) as client:
        job = client.attach("anyqpu:kipu:job:5")
        assert replace(job, decode={} if facts is None else {"transpiled": facts}).layouts == ()


@pytest.mark.anyio
async def test_polls_and_refreshes_keep_it(url: str) -> None:
    program = 'OPENQASM 3.0; include "stdgates.inc"; bit[1] c1; x $2; c1[0] = measure $2;'
    async with anyqpu.connect("kipu", emulator=url) as client:
        job = await client.submit(program, device="ibm.qpu.fez", shots=10)
        job = replace(job, decode={"transpiled": [{"registers": [["a", 2, "c0"], ["Out", 1, "c1"]]}]})
        for current in (await job.refresh(), await job.wait(timeout=60), await client.resume(job.handle)):
            assert current.decode == job.decode
            assert (await current.result(timeout=60)).counts == {"100": 10}
        assert (await (await job.wait()).cancel()).decode == job.decode
