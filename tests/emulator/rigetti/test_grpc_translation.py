"""The translation service over gRPC, and the Ankaa that it translates for."""

from __future__ import annotations

from collections.abc import Iterator

import grpc
import pytest
from anyqpu_grpc.rigetti import translation_pb2 as translation
from quil.program import Program

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .grpc_calls import ANKAA, FLIP, ISWAP_BELL, Caller, calling, order, outcomes

DAY = 24 * 3600


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with Emulator(seed=5) as emulator, calling(emulator) as caller:
        yield caller


@pytest.fixture(scope="module")
def lenient() -> Iterator[Caller]:
    with Emulator(seed=5, strict=False) as emulator, calling(emulator) as caller:
        yield caller


def test_a_bell_pair_of_iswap(caller: Caller) -> None:
    translated = caller.translate(ISWAP_BELL, 4000)
    assert dict(translated.metadata.readout_mappings) == {"ro[0]": "q0", "ro[1]": "q1"}
    [job] = caller.execute(translated.job)
    result = caller.result(job)
    first, second = outcomes(result, "q0"), outcomes(result, "q1")
    assert (len(first), first) == (4000, second)
    # Half of 4000, within five standard deviations of a fair coin: 5 * sqrt(4000) / 2 = 158.
    assert abs(sum(first) - 2000) < 158
    assert result.status == 1
    assert result.execution_duration_microseconds > 0


@pytest.mark.parametrize(
    ("program", "ones"),
    [
        # ISWAP moves an excitation, twice it comes back.
        ("RX(pi) 0\nISWAP 0 1\n", (0, 1)),
        ("RX(pi) 0\nISWAP 0 1\nISWAP 1 0\n", (1, 0)),
        # RX(-pi/2) Z RX(pi/2) = RX(-pi) Z: the target is flipped where the control is 1, and comes back where it is 0.
        ("RX(pi) 0\nRX(pi/2) 1\nCZ 0 1\nRX(-pi/2) 1\n", (1, 1)),
        ("RX(pi/2) 1\nCZ 0 1\nRX(-pi/2) 1\n", (0, 0)),
    ],
)
def test_gates_of_an_ankaa(caller: Caller, program: str, ones: tuple[int, int]) -> None:
    text = f"DECLARE ro BIT[2]\n{program}MEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
    [job] = caller.run(text, 10)
    result = caller.result(job)
    assert tuple(set(outcomes(result, source)) for source in ("q0", "q1")) == tuple({bit} for bit in ones)


@pytest.mark.parametrize(
    ("quil", "words"),
    [
        ("RX(pi) 0\nH 0\n", ("line 2", "H on 0", "runs RX, RZ, I, ISWAP, CZ")),
        ("RX(pi) 0\nISWAP 0 2\n", ("line 2", "does not couple qubits 0 and 2", "0 is coupled with 1, 7")),
        ("RX(0.3) 0\n", ("line 1", "0.3")),
        ("XY(pi) 0 1\n", ("line 1", "XY on 0, 1")),
        ("RX(pi) 0\nRX(pi) 42\n", ("line 2", "no qubit 42")),
        ("RX(pi) 84\n", ("no qubit 84",)),
        ("RX(pi) 0\nRX(pi 0\n", ("line 2",)),
        ("\nMEASURE 0 ro[0]\n", ("line 2", "there is no ro[0]")),
        ("RX(pi) 0\nRX(pi, 2) 0\n", ("line 2", "takes 1 parameters")),
        ("", ("missing",)),
    ],
)
def test_what_does_not_translate_has_line_and_reason(caller: Caller, quil: str, words: tuple[str, ...]) -> None:
    fields = {"quantum_processor_id": ANKAA, "quil_program": quil, "num_shots_value": 10}
    code, message = caller.fails("TranslateQuilToEncryptedControllerJob", **fields)
    assert code == "INVALID_ARGUMENT"
    assert all(word in message for word in words), message


def test_a_lenient_emulator_translates_all_gates(lenient: Caller) -> None:
    [job] = lenient.run("DECLARE ro BIT\nX 0\nCNOT 0 81\nMEASURE 81 ro\n", 10)
    assert outcomes(lenient.result(job), "q81") == [1] * 10


@pytest.mark.parametrize("shots", [None, 0, 100_001])
def test_shots_are_limited(caller: Caller, shots: int | None) -> None:
    fields = {"quantum_processor_id": ANKAA, "quil_program": FLIP}
    if shots is not None:
        fields["num_shots_value"] = shots
    code, message = caller.fails("TranslateQuilToEncryptedControllerJob", **fields)
    assert (code, "100000" in message) == ("INVALID_ARGUMENT", True)


def test_unknown_processors_are_not_found(caller: Caller) -> None:
    fields = {"quantum_processor_id": "Nowhere-1", "quil_program": FLIP, "num_shots_value": 1}
    for name, values in (
        ("TranslateQuilToEncryptedControllerJob", fields),
        ("GetQuantumProcessorQuilCalibrationProgram", {"quantum_processor_id": "Nowhere-1"}),
    ):
        code, message = caller.fails(name, **values)
        assert (code, "Nowhere-1" in message, ANKAA in message) == ("NOT_FOUND", True, True)


def test_options_of_both_back_ends(caller: Caller) -> None:
    v1 = translation.TranslationOptions(v1=translation.BackendV1Options())
    v2 = translation.TranslationOptions(v2=translation.BackendV2Options(passive_reset_delay_seconds=1e-4))
    for options in (v1, v2):
        assert caller.translate(FLIP, options=options).metadata.readout_mappings
    decoder = translation.TranslationOptions(riverlane=translation.RiverlaneOptions())
    fields = {"quantum_processor_id": ANKAA, "quil_program": FLIP, "num_shots_value": 1, "options": decoder}
    code, message = caller.fails("TranslateQuilToEncryptedControllerJob", **fields)
    assert (code, "Riverlane" in message) == ("UNIMPLEMENTED", True)


def test_a_program_without_measurements(caller: Caller) -> None:
    translated = caller.translate("RX(pi) 0\n")
    # Rigetti's client needs it there, though it is empty.
    assert translated.HasField("metadata")
    [job] = caller.execute(translated.job)
    assert dict(caller.result(job).readout_values) == {}


def test_a_qubit_that_is_measured_twice(caller: Caller) -> None:
    quil = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nRX(pi) 0\nMEASURE 0 ro[1]\n"
    translated = caller.translate(quil, 5)
    [job] = caller.execute(translated.job)
    result, sources = caller.result(job), translated.metadata.readout_mappings
    assert [outcomes(result, sources[f"ro[{place}]"]) for place in (0, 1)] == [[1] * 5, [0] * 5]


def test_pragmas_resets_and_halts(caller: Caller) -> None:
    quil = f'PRAGMA INITIAL_REWIRING "NAIVE"\nRESET\n{FLIP}HALT\n'
    [job] = caller.run(quil, 5)
    assert outcomes(caller.result(job), "q3") == [1] * 5


def test_the_calibration_program_is_quil_t(caller: Caller) -> None:
    response = caller("GetQuantumProcessorQuilCalibrationProgram", quantum_processor_id=ANKAA)
    program = Program.parse(response.quil_calibration_program)
    # Two frames, and calibrations of RX and RZ, for each of 12 * 7 - 2 qubits.
    assert len(program.frames) == 2 * 82
    assert len(program.calibrations.calibrations) == 2 * 82


def test_an_encrypted_job_is_opaque_and_bound_to_its_key(caller: Caller, lenient: Caller) -> None:
    job, again = caller.translate(ISWAP_BELL).job, caller.translate(ISWAP_BELL).job
    assert b"ISWAP" not in job.job
    assert (job.encryption.key_id, job.job != again.job) == (again.encryption.key_id, True)
    assert job.encryption.nonce != again.encryption.nonce
    foreign = lenient.translate(ISWAP_BELL).job
    assert foreign.encryption.key_id != job.encryption.key_id
    damaged = type(job).FromString(job.SerializeToString())
    damaged.job = bytes([damaged.job[0] ^ 1]) + damaged.job[1:]
    mixed = type(job).FromString(job.SerializeToString())
    mixed.encryption.nonce = again.encryption.nonce
    renamed = type(job).FromString(foreign.SerializeToString())
    renamed.encryption.key_id = job.encryption.key_id
    for wrong, word in ((foreign, "unknown key"), (damaged, "damaged"), (mixed, "damaged"), (renamed, "damaged")):
        code, message = caller.fails("ExecuteControllerJob", **order(wrong))
        assert (code, word in message) == ("INVALID_ARGUMENT", True)


def test_a_translation_is_good_for_a_day(clock: ManualClock) -> None:
    with Emulator(clock=clock) as emulator, calling(emulator) as caller:
        job = caller.translate(FLIP).job
        clock.advance(DAY - 1)
        assert caller.execute(job)
        clock.advance(1)
        code, message = caller.fails("ExecuteControllerJob", **order(job))
        assert (code, "translate it again" in message) == ("FAILED_PRECONDITION", True)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("", "UNAUTHENTICATED"),
        ("stale", "UNAUTHENTICATED"),
        ("a.b.c", "UNAUTHENTICATED"),
        ("denied", "PERMISSION_DENIED"),
    ],
)
def test_each_call_needs_a_token(token: str, expected: str) -> None:
    with Emulator() as emulator, calling(emulator, token) as caller:
        for name in ("GetQuantumProcessorQuilCalibrationProgram", "ExecuteControllerJob"):
            assert caller.fails(name, quantum_processor_id=ANKAA)[0] == expected


def test_compression_is_read_and_never_sent() -> None:
    with Emulator() as emulator, calling(emulator, compression=grpc.Compression.Gzip) as caller:
        call = caller.start("GetQuantumProcessorQuilCalibrationProgram", quantum_processor_id=ANKAA)
        assert len(call.result().quil_calibration_program) > 10_000
        assert "grpc-encoding" not in {name for name, _ in call.initial_metadata()}
        [job] = caller.run(ISWAP_BELL, 10)
        assert len(outcomes(caller.result(job), "q0")) == 10
