"""Large protobuf messages, read in steps, are what protobuf itself reads at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import models_pb2 as models
from anyqpu_grpc.rigetti import translation_pb2 as translation

from anyqpu.transport.messages import PIECE, UnreadableMessageError, parse, with_field, without_field

pytestmark = pytest.mark.anyio

RESULT = models.ControllerJobExecutionResult


def numbers(result: Any, randomness: random.Random) -> None:
    """Numbers of all widths, also negative ones, which take ten bytes."""
    values = [randomness.randrange(-(2**31), 2**31) >> randomness.randrange(32) for _ in range(40_000)]
    result.readout_values["q0"].integer_values.values.extend(values)
    result.memory_values["whole"].integer.data.extend(value << 20 for value in values)


def reals(result: Any, randomness: random.Random) -> None:
    result.memory_values["theta"].real.data.extend(randomness.random() for _ in range(20_001))


def signals(result: Any, randomness: random.Random) -> None:
    """Complex numbers, of which a part that is 0 is not sent."""
    for _ in range(10_000):
        result.readout_values["q0"].complex_values.values.add(real=randomness.choice([0, 1.5]), imaginary=-2)


def texts(result: Any, randomness: random.Random) -> None:
    result.status_message = "é" * 2 * PIECE
    result.memory_values["bytes"].binary.data = randomness.randbytes(3 * PIECE)


def many(result: Any, randomness: random.Random) -> None:
    for number in range(3_000):
        result.readout_values[f"q{number}"].integer_values.values.append(number & 1)


KINDS = [numbers, reals, signals, texts, many]


@pytest.mark.parametrize("fill", KINDS)
async def test_steps_give_what_protobuf_reads(anyio_backend: str, fill: Callable[[Any, random.Random], None]) -> None:
    response = controller.GetControllerJobResultsResponse()
    fill(response.result, random.Random(1))
    response.result.execution_duration_microseconds = 7
    content = response.SerializeToString()
    assert len(content) > PIECE
    assert await parse(controller.GetControllerJobResultsResponse, bytearray(content)) == response


async def test_the_last_entry_of_a_map_and_all_parts_of_a_message_count(anyio_backend: str) -> None:
    """What the encoding guide says of messages that are joined: https://protobuf.dev/programming-guides/encoding/."""
    first, second = controller.GetControllerJobResultsResponse(), controller.GetControllerJobResultsResponse()
    numbers(first.result, random.Random(1))
    numbers(second.result, random.Random(2))
    second.result.status = RESULT.SUCCESS
    both = first.SerializeToString() + second.SerializeToString()
    expected = controller.GetControllerJobResultsResponse.FromString(both)
    assert await parse(controller.GetControllerJobResultsResponse, both) == expected
    assert expected.result.readout_values == second.result.readout_values


async def test_fields_that_are_not_known_are_passed_over(anyio_backend: str) -> None:
    unknown = bytes([15 << 3 | 2, 0x80, 0x80, 0x08]) + bytes(2**17)
    response = controller.GetControllerJobResultsResponse()
    response.result.status_message = "done"
    read = await parse(controller.GetControllerJobResultsResponse, unknown + response.SerializeToString())
    assert read.result.status_message == "done"


@pytest.mark.parametrize("fill", KINDS)
async def test_what_is_damaged_is_refused(anyio_backend: str, fill: Callable[[Any, random.Random], None]) -> None:
    """Either both readers accept it, with the same outcome, or both refuse it."""
    response = controller.GetControllerJobResultsResponse()
    fill(response.result, random.Random(1))
    content = response.SerializeToString()
    randomness = random.Random(2)
    damaged = [content[: randomness.randrange(len(content))] for _ in range(5)]
    for _ in range(20):
        place = randomness.randrange(len(content))
        damaged.append(content[:place] + randomness.randbytes(1) + content[place + 1 :])
    for data in damaged:
        expected: Any = None
        try:
            expected = controller.GetControllerJobResultsResponse.FromString(data)
        except Exception:
            with pytest.raises(UnreadableMessageError):
                await parse(controller.GetControllerJobResultsResponse, data)
        else:
            assert (await parse(controller.GetControllerJobResultsResponse, data)).SerializePartialToString(
                deterministic=True
            ) == expected.SerializePartialToString(deterministic=True)


async def test_a_field_is_moved_to_another_message_unread(anyio_backend: str) -> None:
    job = models.EncryptedControllerJob(job=b"secret" * 1000, encryption=models.JobEncryption(key_id="k"))
    response = translation.TranslateQuilToEncryptedControllerJobResponse(job=job)
    response.metadata.readout_mappings["ro[0]"] = "q0"
    value, rest = without_field(response.SerializeToString(), 1)
    assert value is not None
    assert not translation.TranslateQuilToEncryptedControllerJobResponse.FromString(rest).HasField("job")
    request = controller.ExecuteControllerJobRequest(quantum_processor_id="Ankaa-3")
    parts = with_field(request.SerializeToString(), 201, value)
    request.encrypted.CopyFrom(job)
    assert controller.ExecuteControllerJobRequest.FromString(b"".join(parts)) == request
    assert without_field(rest, 1) == (None, rest)
    with pytest.raises(UnreadableMessageError):
        without_field(b"\x0a\xff", 1)
