"""Results that are small on the wire and would be huge in memory, or are deep or odd, are one typed error."""

from __future__ import annotations

import base64
import io
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from anyqpu import Job, JobStatus
from anyqpu.core.results import forms as result_forms
from anyqpu.errors import ResultDecodeError
from anyqpu.providers.kipu import results
from anyqpu.providers.scaleway import qio
from anyqpu.transport import exchange

# What one hostile result of a few kilobytes may take, in bytes.
MOST = 50_000_000
FEZ, QSIM, IONQ, SV1, IQM, ASCELLA, QUERA, QUDORA = (
    "ibm.qpu.fez", "kipu.sim.qsim", "azure.ionq.simulator", "aws.sim.sv1", "iqm.qpu.garnet", "quandela.qpu.ascella",
    "aws.quera.aquila", "qudora.sim.xg1",
)  # fmt: skip


def packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


@cache
def npy(shape: str, data: bytes) -> str:
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    return packed(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data)


def sampler(**registers: tuple[Any, Any]) -> dict[str, Any]:
    fields = {name: {"num_bits": bits, "array": array} for name, (bits, array) in registers.items()}
    return {"pub_results": [{"data": {"fields": fields}}]}


def braket(source: str, rows: Any, qubits: Any) -> dict[str, Any]:
    return {"measuredQubits": qubits, "measurements": rows, "additionalMetadata": {"action": {"source": source}}}


KIPU: dict[str, tuple[str, Any]] = {
    "a register of a billion bits": (FEZ, sampler(c=(10**9, npy("(1, 125000000)", b"")))),
    "a thousand wide registers": (FEZ, sampler(**{f"c{n}": (100_000, {"counts": {"0x0": 1}}) for n in range(1000)})),
    "a hundred million shots": (FEZ, sampler(c=(1, npy("(100000000, 1)", b"")))),
    "half a gigabyte of zeros": (FEZ, sampler(c=(8000, npy("(500000, 1000)", bytes(1_000_000))))),
    "many arrays of zeros": (FEZ, sampler(**{f"c{n}": (8, npy("(900000, 1)", bytes(900_000))) for n in range(30)})),
    "a name of kilobytes for each bit": (FEZ, sampler(**{"c" * 4000: (100_000, {"counts": {"0x0": 1}})})),
    "wide archived counts": (FEZ, sampler(c=(100_000, {"counts": {hex(n): 1 for n in range(1000)}}))),
    "many declared bits": (SV1, braket("bit[99999] b; qubit q; b[0] = measure q;", [[n] for n in range(1000)], [0])),
    "a million qubits of IonQ's": (IONQ, {"histogram": {"9" * 1300: 1.0}}),
    "a long number of IonQ's": (IONQ, {"histogram": {"9" * 5000: 1.0}}),
    "a zipped state a million times": (
        ASCELLA, {"results": ":PCVL:zip:" + packed(b":PCVL:BSCount:{" + b"|1>=1;" * 5_000_000 + b"}")}
    ),
    "counts far beyond the shots": (QSIM, {"counts": {"0": 10**15}}),
    "a count of hundreds of digits": (QSIM, {"counts": {"0": 10**400}}),
    "deep text": (ASCELLA, {"results": '{"results":' + "[" * 100_000}),
}  # fmt: skip

# Names that promise more bits than there are: they are not believed, and the bits that came are read.
BOASTS: dict[str, tuple[str, Any]] = {
    "a million declared bits": (SV1, braket("bit[1000000] b; qubit q; b[0] = measure q;", [[0]] * 1000, [0])),
    "long registers of IQM's": (
        IQM, {"measurement_counts": [{"counts": {"0": 1}, "measurement_keys": ["c_9999999_0_0"]}]}
    ),
}  # fmt: skip


def cirq(shape: list[int], digits: str) -> dict[str, Any]:
    return {"records": {"c": {"shape": shape, "binary": True, "packed_digits": digits}}}


def qiskit(header: dict[str, Any], counts: dict[str, Any], **data: Any) -> dict[str, Any]:
    return {"results": [{"header": header, "data": {"counts": counts, **data}}]}


def zipped(content: bytes, format: int = 2) -> dict[str, Any]:
    return {"serialization_format": format, "compression_format": 2, "serialization": packed(content)}


SCALEWAY: dict[str, Any] = {
    "a billion bits": qiskit({"memory_slots": 10**9}, {"0x0": 1}),
    "a billion bits in a register": qiskit({"creg_sizes": [["c", 10**9]]}, {"0x0": 1}),
    "registers of negative sizes": qiskit({"creg_sizes": [["c", 10**9], ["d", -(10**9)]]}, {"0x0": 1}),
    "wide counts": qiskit({"memory_slots": 100_000}, {hex(n): 1 for n in range(1000)}),
    "wide memory": qiskit({"memory_slots": 100_000}, {"0x0": 1}, memory=["0x0"] * 1000),
    "a billion shots": cirq([10**9, 1, 1], "00"),
    "an endless shape": cirq([10**9, 1, 0], "00"),
    "a gigabyte of zeros": zipped(bytes(100_000_000)),
    "a million empty lists": zipped(b"[" + b"[]," * 5_000_000 + b"[]]"),
    "many packed shots": zipped(b'{"records": {"c": {"shape": [40000000, 1, 1], "binary": true, "packed_digits": "'
                                + b"0" * 10_000_000 + b'"}}}', 1),
    "counts far beyond the shots": {"counter": {"0": 10**15}},
}  # fmt: skip


def job_on(device: str, shots: int = 1000) -> Job:
    return Job(
        provider="kipu", id="1", device_id=device, status=JobStatus.COMPLETED, raw_status="COMPLETED", shots=shots
    )


@pytest.fixture
def traced() -> Iterator[Callable[[], int]]:
    """The highest amount of memory in use, in bytes, since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize(("device", "body"), KIPU.values(), ids=KIPU)
def test_a_small_result_of_kipu_cannot_fill_the_memory(device: str, body: Any, traced: Callable[[], int]) -> None:
    with pytest.raises(ResultDecodeError, match=r"^kipu: the result of .* has another form than expected") as caught:
        results.decode(job_on(device), body)
    assert traced() < MOST
    assert len(str(caught.value)) < 500
    assert len(json.dumps(caught.value.body)) < 10_000


@pytest.mark.parametrize(("device", "body"), BOASTS.values(), ids=BOASTS)
def test_names_of_bits_that_are_not_there_take_no_memory(device: str, body: Any, traced: Callable[[], int]) -> None:
    counts = results.decode(job_on(device), body).counts
    assert counts.num_bits == 1
    assert traced() < 5_000_000


@pytest.mark.parametrize("body", SCALEWAY.values(), ids=SCALEWAY)
def test_a_small_result_of_scaleway_cannot_fill_the_memory(body: Any, traced: Callable[[], int]) -> None:
    with pytest.raises((*qio.MALFORMED,)):
        result_forms.check_totals(qio.decode(body, 1000), 1000)
    assert traced() < MOST


def test_many_equal_outcomes_of_many_shots_are_read() -> None:
    """A million equal shots are a kilobyte compressed: the job's shots show that this is not a bomb."""
    body = sampler(c=(156, npy("(1000000, 20)", bytes(20_000_000))))
    decoded = results.decode(job_on(FEZ, shots=1_000_000), body)
    assert decoded.counts == {"0" * 156: 1_000_000}


@pytest.mark.anyio
@pytest.mark.parametrize("large", [False, True], ids=["on the loop", "in a thread"])
async def test_an_odd_result_names_the_response_and_keeps_the_beginning_of_it(
    anyio_backend: str, *, large: bool
) -> None:
    """Also where it is decoded in a thread; credentials in it are replaced."""
    exchange.record(exchange.Exchange("kipu", "getJobResult", 200, "req-1"))
    body = {"counts": {"x": 1}, "access_token": "canary-token-value", "rest": ["long"] * (100_000 if large else 1)}
    with pytest.raises(ResultDecodeError) as caught:
        await results.decoded(job_on(QSIM), body, bits=None, details=exchange.details("kipu"))
    error = caught.value
    assert (error.provider, error.operation, error.status_code, error.request_id) == (
        "kipu", "getJobResult", 200, "req-1",
    )  # fmt: skip
    assert "canary" not in f"{error} {error.body}"
    assert len(json.dumps(error.body)) < 10_000


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("counts", "statevector", "amplitudes", "measurements", "measuredQubits", "measurementProbabilities", "results",
        "measurement_counts", "histogram", "pub_results", "__value__", "data", "header", "records", "counter", "tagmap",
        "serialised_results", "serialization", "serialization_format", "compression_format",
        "results_list")  # fmt: skip


@given(body=some.dictionaries(some.sampled_from(KEYS), json_values) | json_values, device=some.sampled_from(
    [FEZ, QSIM, IONQ, SV1, IQM, ASCELLA, QUERA, QUDORA, "new.qpu"]))  # fmt: skip
def test_any_result_is_decoded_or_one_typed_error(body: Any, device: str) -> None:
    try:
        decoded = results.decode(job_on(device), body)
    except ResultDecodeError:
        return
    assert repr(decoded)
    json.dumps([item.kind for item in decoded.items])


@given(packed=some.binary(max_size=40) | some.text(max_size=20).map(lambda text: base64.b64encode(text.encode())))
def test_any_packed_array_is_one_typed_error(packed: bytes) -> None:
    with pytest.raises(ResultDecodeError):
        results.decode(job_on(FEZ), sampler(c=(1, io.BytesIO(packed).read().decode("latin-1"))))
