"""Joint counts: which values of several classical registers were measured in the same shot, on each route."""

from __future__ import annotations

import base64
import io
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest

import anyqpu
from anyqpu import BitOrder, JobStatus, Program, ProgramFormat
from anyqpu.errors import ResultDecodeError, ResultError
from anyqpu.providers.kipu import KipuClient, ionq
from anyqpu.providers.kipu.results import decode

pytestmark = pytest.mark.anyio

FEZ = "ibm.qpu.fez"


def job_on(device: str, *, shots: int | None = None) -> anyqpu.Job:
    return anyqpu.Job(
        provider="kipu", id="j", device_id=device, status=JobStatus.COMPLETED, raw_status="COMPLETED", shots=shots
    )


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator=True) as client:
        yield client


def packed(content: bytes) -> dict[str, Any]:
    return {"__type__": "ndarray", "__value__": base64.b64encode(zlib.compress(content)).decode()}


def array(rows: Any) -> dict[str, Any]:
    """An array as Qiskit's runtime client writes it."""
    file = io.BytesIO()
    np.save(file, np.array(rows, dtype=np.uint8), allow_pickle=False)
    return packed(file.getvalue())


def sampled(*registers: tuple[str, int, Any], names: list[str] | None = None) -> dict[str, Any]:
    """A sampler's result with one circuit, as IBM's encoder writes it; the object's own order is by name."""
    fields = {
        name: {"__type__": "BitArray", "__value__": {"array": inner, "num_bits": bits}}
        for name, bits, inner in sorted(registers, key=lambda register: register[0])
    }
    listed = [name for name, _, _ in registers] if names is None else names
    data = {"__type__": "DataBin", "__value__": {"field_names": listed, "shape": [], "fields": fields}}
    pub = {"__type__": "SamplerPubResult", "__value__": {"data": data, "metadata": {}}}
    return {"__type__": "PrimitiveResult", "__value__": {"pub_results": [pub], "metadata": {"version": 2}}}


def test_registers_of_ibm_are_joined_in_order_of_declaration() -> None:
    # Four shots of (z, a): z = 01, 01, 10, 11 and a = 1, 1, 0, 1. z is declared first, so it is the rightmost.
    body = sampled(("z", 2, array([[1], [1], [2], [3]])), ("a", 1, array([[1], [1], [0], [1]])))
    item = decode(job_on(FEZ), body).items[0]
    assert item.counts == {"101": 2, "010": 1, "111": 1}
    assert item.counts is not None
    assert (item.counts.bit_labels, item.counts.order) == (("a[0]", "z[1]", "z[0]"), BitOrder.MSB_LEFT)
    assert item.registers is not None
    assert {name: dict(counts) for name, counts in item.registers.items()} == {
        "z": {"01": 2, "10": 1, "11": 1},
        "a": {"1": 3, "0": 1},
    }
    assert list(item.registers) == ["z", "a"]


def test_a_register_of_more_than_eight_bits_has_its_most_significant_byte_first() -> None:
    # 256 + 2 = bits 8 and 1 of ten.
    counts = decode(job_on(FEZ), sampled(("c", 10, array([[1, 2], [0, 1]])))).counts
    assert counts == {"0100000010": 1, "0000000001": 1}
    assert counts.bit_labels is not None
    assert (counts.bit_labels[0], counts.bit_labels[-1]) == ("c[9]", "c[0]")


@pytest.mark.parametrize("names", [["a"], ["a", "a"], ["a", "x"], [1, 2], "ab"])
def test_names_that_are_not_those_of_the_registers_do_not_order_them(names: Any) -> None:
    body = sampled(("a", 1, array([[1]])), ("b", 1, array([[0]])), names=names)
    assert decode(job_on(FEZ), body).counts == {"01": 1}


def test_archived_counts_of_several_registers_stay_apart_and_say_why() -> None:
    body = sampled(("a", 1, {"counts": {"0": 5, "1": 5}}), ("b", 1, {"counts": {"0": 5, "1": 5}}))
    result = decode(job_on(FEZ), body)
    assert result.items[0].registers == {"a": {"0": 5, "1": 5}, "b": {"0": 5, "1": 5}}
    with pytest.raises(ResultError, match="counted each alone, so it is unknown which values were measured together"):
        _ = result.counts


def npy(header: str, data: bytes = b"", *, version: int = 1) -> dict[str, Any]:
    size = len(header).to_bytes(2 if version == 1 else 4, "little")
    return packed(b"\x93NUMPY" + bytes([version, 0]) + size + header.encode() + data)


def form(shape: str, *, descr: str = "|u1", order: str = "False") -> str:
    return f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n"


BROKEN: dict[str, tuple[int, Any]] = {
    "another number of bytes than the bits need": (9, array([[1]])),
    "more bits than any program has": (10**9, array([[1]])),
    "a number of bits that is not one": (True, array([[1]])),
    "bits beyond the register": (1, array([[2]])),
    "fewer data than the shape": (1, npy(form("(5, 1)"), b"\1\0")),
    "more data than the shape": (1, npy(form("(1, 1)"), b"\1\0")),
    "endless rows of nothing": (0, npy(form("(1000000000000, 0)"))),
    "more rows than a job has": (1, npy(form("(2000000000, 1)"), b"\1")),
    "a shape below nothing": (1, npy(form("(-1, 1)"))),
    "one dimension": (1, npy(form("(1,)"), b"\1")),
    "another type": (1, npy(form("(1, 1)", descr="<u2"), b"\1\0")),
    "columns first": (1, npy(form("(1, 1)", order="True"), b"\1")),
    "a header that is code": (1, npy("__import__('os')", b"\1")),
    "a header that is nested": (1, npy("(" * 500, b"\1")),
    "a header that never ends": (1, packed(b"\x93NUMPY\2\0" + b"\xff" * 4)),
    "no numpy file": (1, packed(b"hello, world")),
    "not compressed": (1, {"__type__": "ndarray", "__value__": base64.b64encode(b"hello").decode()}),
    "cut off": (1, {"__type__": "ndarray", "__value__": array([[1]] * 500)["__value__"][:60]}),
    "not base64": (1, {"__type__": "ndarray", "__value__": "é"}),
    "no array": (1, None),
}


@pytest.mark.parametrize(("bits", "inner"), BROKEN.values(), ids=BROKEN)
def test_an_array_that_is_not_what_it_says_is_an_error(bits: Any, inner: Any) -> None:
    with pytest.raises(ResultDecodeError) as caught:
        decode(job_on(FEZ), sampled(("c", bits, inner)))
    assert "ast" not in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "bits"), [((100_000_000, 1), 1), ((1_000_000, 20), 160), ((1, 100_000_000), 8 * 10**8)]
)
def test_a_small_response_cannot_fill_the_memory(shape: tuple[int, int], bits: int) -> None:
    """A hundred megabytes of zeros are a hundred kilobytes compressed; nothing of it is unpacked beyond the header."""
    bomb = npy(form(str(shape)), bytes(shape[0] * shape[1]))
    assert len(bomb["__value__"]) < 200_000
    with pytest.raises(ResultDecodeError, match=r"outcomes of|far larger than|has 800000000 bits"):
        decode(job_on(FEZ), sampled(("c", bits, bomb)))


def test_registers_with_different_numbers_of_shots_are_an_error() -> None:
    body = sampled(("a", 1, array([[1]])), ("b", 1, array([[1], [0]])))
    with pytest.raises(ResultDecodeError, match="different numbers of shots"):
        decode(job_on(FEZ), body)
    mixed = sampled(("a", 1, array([[1]])), ("b", 1, {"counts": {"1": 1}}))
    with pytest.raises(ResultDecodeError, match="some registers are archived"):
        decode(job_on(FEZ), mixed)


# Register a gets (x, y), register b gets x again: only joint counts show that a[0] and b[0] agree.
CORRELATED = """OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] a; bit b;
    sx q[0]; x q[1]; a = measure q; b = measure q[0];"""


async def test_registers_that_agree_in_every_shot_agree_in_the_joint_counts(kipu: KipuClient) -> None:
    result = await (await kipu.submit(CORRELATED, device=FEZ, shots=200)).result(timeout=60)
    assert result.counts.keys() == {"111", "010"}
    assert result.counts.shots == 200
    assert result.counts.bit_labels == ("b[0]", "a[1]", "a[0]")
    assert result.items[0].registers is not None
    assert result.items[0].registers["b"] == result.counts.marginal(["b[0]"])


# IQM


def iqm(counts: dict[str, int], keys: list[Any] | None) -> anyqpu.ResultItem:
    body = {"measurement_counts": [{"counts": counts, "measurement_keys": keys}]}
    return decode(job_on("iqm.qpu.garnet"), body).items[0]


def test_one_key_of_iqm_for_several_qubits_names_them_in_order() -> None:
    """The first character is the first qubit of the instruction, and so bit 0."""
    counts = iqm({"100": 7, "110": 3}, ["m"]).counts
    assert counts == {"001": 7, "011": 3}
    assert counts is not None
    assert (counts.order, counts.bit_labels) == (BitOrder.MSB_LEFT, ("m[2]", "m[1]", "m[0]"))
    assert counts.marginal(["m[0]"]) == {"1": 10}


@pytest.mark.parametrize("keys", [["a", "b"], ["c_2_0_0", "c_2_0_1"], ["a", "b", "c", "d", "e"], [], None])
def test_keys_of_iqm_whose_widths_are_not_known_have_no_order(keys: list[Any] | None) -> None:
    counts = iqm({"100": 7}, keys).counts
    assert counts == {"100": 7}
    assert counts is not None
    assert (counts.order, counts.bit_labels) == (BitOrder.UNKNOWN, None)


@pytest.mark.parametrize("keys", [["c_2_0_0", "c_2_0_5"], ["c_2_0_0", "c_2_0_0"], ["c_2_0_0", "d_3_0_1"]])
def test_keys_of_iqm_that_contradict_each_other_have_no_order(keys: list[Any]) -> None:
    counts = iqm({"10": 7}, keys).counts
    assert counts is not None
    assert (counts.order, counts.bit_labels) == (BitOrder.UNKNOWN, tuple(keys))


def test_bits_of_iqm_that_were_not_measured_are_0() -> None:
    """The keys say how long their registers are: c has three bits, of which bit 2 alone was measured."""
    item = iqm({"10": 4, "01": 6}, ["c_3_0_2", "d_1_1_0"])
    assert item.counts == {"0100": 4, "1000": 6}
    assert item.counts is not None
    assert item.counts.bit_labels == ("d[0]", "c[2]", "c[1]", "c[0]")
    assert item.registers == {"c": {"100": 4, "000": 6}, "d": {"0": 4, "1": 6}}


def test_a_register_of_iqm_that_no_machine_has_is_not_written_out() -> None:
    counts = iqm({"1": 4}, ["c_9999999_0_2"]).counts
    assert counts == {"1": 4}


async def test_a_program_with_one_key_runs(kipu: KipuClient) -> None:
    """X on the middle one of three qubits."""
    program = {
        "circuits": [
            {
                "name": "t",
                "instructions": [
                    {"name": "prx", "args": {"angle_t": 0.5, "phase_t": 0.0}, "qubits": ["QB2"]},
                    {"name": "measure", "args": {"key": "m"}, "qubits": ["QB1", "QB2", "QB3"]},
                ],
            }
        ]
    }
    result = await (await kipu.submit(program, device="iqm.qpu.garnet", shots=20)).result(timeout=60)
    assert result.counts.marginal(["m[1]"]) == {"1": 20}
    assert result.counts.marginal(["m[0]", "m[2]"]) == {"00": 20}


# Braket


def braket(source: str | None, qubits: list[int], *rows: str) -> anyqpu.ResultItem:
    body = {
        "measurements": [list(row) for row in rows],
        "measuredQubits": qubits,
        "additionalMetadata": {"action": {"source": source}},
    }
    return decode(job_on("aws.sim.sv1"), body).items[0]


@pytest.mark.parametrize(
    ("source", "expected", "labels"),
    [
        # Bit 1 is qubit 0, bit 0 is qubit 2, and bit 2 was not measured.
        (
            "OPENQASM 3.0; bit[3] c; qubit[3] q; c[1] = measure q[0]; c[0] = measure q[2];",
            "010",
            ("c[2]", "c[1]", "c[0]"),
        ),
        # Two registers of each kind: q is qubit 0, r[1] is qubit 2.
        (
            "bit a; bit[2] b; qubit q; qubit[2] r; /* measure */ b[1] = measure q; a = measure r[1]; // measure x",
            "100",
            ("b[1]", "b[0]", "a[0]"),
        ),
        ("qubit[3] q; bit d = measure q[2]; creg c[1]; measure q[0] -> c[0];", "10", ("c[0]", "d[0]")),
        ("bit[2] c; gate g a { x a; } g $0; c[1] = measure $0; c[0] = measure $2;", "10", ("c[1]", "c[0]")),
        # Not certain which column is which bit: the columns keep the qubits' names.
        ("bit[2] c; qubit[3] q; c[0] = measure q[0]; if (c[0]) { c[1] = measure q[2]; }", "01", ("q[2]", "q[0]")),
        ("bit[2] c; qubit[3] q; c[0] = measure q[0]; c[0] = measure q[2];", "01", ("q[2]", "q[0]")),
        ("bit[2] c; qubit[3] q; c[0] = measure q[0]; c[1] = measure q[0];", "01", ("q[2]", "q[0]")),
        ("const int n = 2; bit[n] c; qubit[3] q; c[0] = measure q[0]; c[1] = measure q[2];", "01", ("q[2]", "q[0]")),
        ("bit[2] c; qubit[2] q; c = measure q;", "01", ("q[2]", "q[0]")),
        ("bit[9999999] c; qubit[3] q; c[0] = measure q[0]; c[1] = measure q[2];", "01", ("q[2]", "q[0]")),
        ("qubit[3] q;", "01", ("q[2]", "q[0]")),
        (None, "01", ("q[2]", "q[0]")),
    ],
)
def test_columns_of_braket_are_the_bits_that_the_program_measures_into(
    source: str | None, expected: str, labels: tuple[str, ...]
) -> None:
    """Qubit 0 gave 1 and qubit 2 gave 0."""
    counts = braket(source, [0, 2], "10").counts
    assert counts == {expected: 1}
    assert counts is not None
    assert counts.bit_labels == labels


def test_registers_of_braket_are_counted_by_themselves_too() -> None:
    item = braket("bit[2] a; bit b; qubit[3] q; a = measure q[0:1]; b = measure q[2];", [0, 1, 2], "101")
    assert item.registers is None  # a range is not read, and the columns keep the qubits' names
    item = braket("bit[2] a; bit b; qubit[2] q; qubit r; a = measure q; b = measure r;", [0, 1, 2], "101", "100")
    assert item.counts == {"101": 1, "001": 1}
    assert item.registers == {"a": {"01": 2}, "b": {"1": 1, "0": 1}}


async def test_counts_of_braket_are_as_wide_as_the_program(kipu: KipuClient) -> None:
    """Five bits, of which two are measured, out of their order."""
    program = "OPENQASM 3.0; bit[5] c; qubit[3] q; cnot q[0], q[1]; x q[2]; c[3] = measure q[2]; c[1] = measure q[0];"
    job = await kipu.submit(Program(program, ProgramFormat.BRAKET_QASM3), device="aws.sim.sv1", shots=20)
    assert (await job.result(timeout=60)).counts == {"01000": 20}
    physical = "OPENQASM 3.0; bit[2] c; h $3; x $1; x $3; h $3; x $5; c[1] = measure $5; c[0] = measure $3;"
    job = await kipu.submit(Program(physical, ProgramFormat.BRAKET_QASM3), device="aws.sim.sv1", shots=20)
    result = await job.result(timeout=60)
    assert result.counts == {"10": 20}
    assert result.raw["measuredQubits"] == [3, 5]


# IonQ

AZURE = "azure.ionq.simulator"
# Two bits of the program, and a helper qubit that is entangled with bit 0.
HELPED: dict[str, Any] = {
    "gateset": "qis",
    "qubits": 3,
    "circuit": [
        {"gate": "h", "targets": [0]},
        {"gate": "x", "targets": [2], "controls": [0]},
        {"gate": "x", "targets": [1]},
    ],
}


async def test_a_helper_qubit_of_ionq_is_summed_over_in_every_process(kipu: KipuClient) -> None:
    program = Program(json.dumps(HELPED), ProgramFormat.IONQ_JSON, bits=2)
    job = await kipu.submit(program, device=AZURE, shots=20)
    expected = {"10": pytest.approx(0.5), "11": pytest.approx(0.5)}
    assert (await job.result(timeout=60)).probabilities == expected
    # Another process knows the job's identifier, or its handle, and no more.
    for other in (await kipu.job(job.id), await kipu.resume(str(job.handle))):
        assert (await other.result(timeout=60)).probabilities == expected
    assert (await kipu.job_input(job))["registers"] == {"c": [0, 1]}


async def test_without_helper_qubits_ionq_is_sent_what_it_was(kipu: KipuClient) -> None:
    for program in (HELPED, Program(json.dumps(HELPED), ProgramFormat.IONQ_JSON, bits=3)):
        job = await kipu.submit(program, device=AZURE, shots=20)
        assert (await kipu.job_input(job)) == HELPED
        assert (await job.result(timeout=60)).probabilities == {"010": pytest.approx(0.5), "111": pytest.approx(0.5)}


async def test_registers_of_the_users_own_stay_as_they_are(kipu: KipuClient) -> None:
    own = {**HELPED, "registers": {"out": [2, 0]}}
    job = await kipu.submit(Program(json.dumps(own), ProgramFormat.IONQ_JSON, bits=2), device=AZURE, shots=20)
    assert (await kipu.job_input(job)) == own
    assert len(next(iter((await job.result(timeout=60)).probabilities))) == 3


@pytest.mark.parametrize("qubits", ["5000", "9" * 5000, 10**9, "0"])
def test_a_number_of_qubits_that_no_machine_has_is_refused(qubits: object) -> None:
    with pytest.raises(ValueError, match="of which there can be 4096"):
        ionq.items_of({"histogram": {"1": 1.0}}, qubits)


@pytest.mark.parametrize("histogram", [{"4": 1.0}, {"-1": 1.0}, {"1": float("nan")}, {"1": -0.5}, {"9" * 5000: 1}])
def test_a_histogram_that_cannot_be_is_refused(histogram: dict[str, float]) -> None:
    with pytest.raises(
        ValueError, match=r"do not fit in 2 qubits|not a number from 0 to 1|not a number of qubit states"
    ):
        ionq.items_of({"histogram": histogram}, "2")


@pytest.mark.parametrize("qubits", [None, "", "two", "²", True, "1.5"])
def test_where_the_number_of_qubits_is_not_said_the_outcomes_are_as_wide_as_they_need(qubits: object) -> None:
    [item] = ionq.items_of({"histogram": {"1": 0.5, "2": 0.5}}, qubits)
    assert item.probabilities == {"01": 0.5, "10": 0.5}


@pytest.mark.parametrize(
    ("job_input", "bits"),
    [
        ({"registers": {"c": [0, 1, 2]}}, 3),
        ({"registers": {"c": [0]}}, 1),
        ({"registers": {"c": [1, 0]}}, None),
        ({"registers": {"c": [0, 2]}}, None),
        ({"registers": {"c": [0], "d": [1]}}, None),
        ({"registers": {"c": []}}, None),
        ({"registers": {"c": None}}, None),
        ({"registers": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_only_what_a_submit_writes_is_taken_for_the_programs_bits(job_input: object, bits: int | None) -> None:
    assert ionq.bits_in(job_input) == bits
