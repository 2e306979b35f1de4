"""From submitted programs to results, one text per circuit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from anyqpu_emulator.engines import atoms, openqasm, photonic_jobs, pulses, qio, rydberg
from anyqpu_emulator.engines.atom_device import made_for
from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import (
    EngineError,
    InvalidProgramError,
    ProgramTooLargeError,
    StoppedError,
    UnsupportedProgramError,
)
from anyqpu_emulator.engines.noise import Conditions
from anyqpu_emulator.engines.statevector import Samples, sample
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.workers import Failure

from . import cirq, errors
from .catalogue import Platform
from .conditions import gate_conditions, photonic_limits, pulser_device
from .records import ModelRecord

Stopped = Callable[[], bool]
SEPARATOR = b"\n"
"""Between the results of several circuits: JSON in one line has none inside."""
DEFAULT_SHOTS = 1000


@dataclass(frozen=True, slots=True)
class Program:
    """`text` is a model's payload, or the old form's circuit for Qiskit or Perceval."""

    platform: Platform
    form: Literal["model", "qiskit", "perceval"]
    text: str
    parameters: dict[str, Any]
    strict: bool = False
    noisy: bool = False

    @property
    def shots(self) -> int | None:
        """The shots of the parameters, for overviews; the old form has them inside."""
        shots = self.parameters.get("runs", self.parameters.get("shots"))
        return shots if isinstance(shots, int) else None

    @property
    def options(self) -> dict[str, Any]:
        """The `options` of the parameters; {} for anything but an object."""
        options = self.parameters.get("options")
        return options if is_object(options) else {}


def program_of(
    platform: Platform,
    circuit: Mapping[str, str | None],
    model_id: str | None,
    parameters: dict[str, Any],
    model: Callable[[str], ModelRecord],
    *,
    strict: bool = False,
    noisy: bool = False,
) -> Program:
    """Return the program in the circuit (the old form), else that of a model. Raises a 400 without both."""
    if text := circuit["qiskit_circuit"]:
        return Program(platform, "qiskit", text, parameters, strict, noisy)
    if text := circuit["perceval_circuit"]:
        return Program(platform, "perceval", text, parameters, strict, noisy)
    if model_id is None:
        raise errors.invalid("model_id", "required", "or a circuit in the circuit object")
    return Program(platform, "model", model(model_id).payload, parameters, strict, noisy)


@dataclass(frozen=True, slots=True)
class _Run:
    """A program that was read; `shots` is unchecked at first, and `conditions` are the platform's for circuits."""

    sources: list[tuple[int, str]]
    shots: Any
    memory: bool
    wrapped: bool
    conditions: Conditions = field(default_factory=Conditions)


def computation(program: Program, seed: list[int]) -> Callable[[Stopped], bytes | Failure]:
    """Return a job's computation. Equal seeds give equal results."""

    def compute(stopped: Stopped) -> bytes | Failure:
        try:
            texts = _compute(program, np.random.default_rng(seed), stopped)
        except EngineError as error:
            return Failure(error.code, str(error))
        return SEPARATOR.join(text.encode() for text in texts)

    return compute


def _compute(program: Program, rng: np.random.Generator, stopped: Stopped) -> list[str]:
    platform = program.platform
    run = _read(program)
    run = replace(run, shots=_shots(run.shots, platform))
    if not 1 <= len(run.sources) <= platform.max_circuits:
        raise InvalidProgramError(f"{len(run.sources)} circuits; {platform.name} takes 1 to {platform.max_circuits}")
    if platform.engine == "photonic":
        limits = photonic_limits(platform) if program.strict else None
        return [_photonic(source, run.shots, rng, stopped, limits) for source in run.sources]
    if platform.engine == "pulser":
        values = program.parameters.get("variables")
        variables: dict[str, Any] = values if is_object(values) else {}
        wanted = _configuration(program)
        device = pulser_device(platform) if program.strict else None
        sources = run.sources if device is None else [(kind, made_for(device, text)) for kind, text in run.sources]
        return [_atoms(source, variables, run.shots, rng, stopped, configuration=wanted) for source in sources]
    run = replace(run, conditions=gate_conditions(platform, strict=program.strict, noisy=program.noisy))
    return _circuits(run, platform, rng, stopped)


def _circuits(run: _Run, platform: Platform, rng: np.random.Generator, stopped: Stopped) -> list[str]:
    """One result for each circuit. As with Aer, one that fails does not take the others with it."""
    results: list[str] = []
    failed: list[EngineError] = []
    for place, source in enumerate(run.sources):
        try:
            results.append(_run_circuit(source, run, platform, rng, stopped))
        except StoppedError:
            raise
        except EngineError as error:
            here = f"programs[{place}]: " if len(run.sources) > 1 else ""
            failed.append(error.within(here))
            if source[0] == qio.CIRQ_JSON:
                # Cirq's results have no place for it.
                raise failed[0] from None
            results.append(_failed(failed[-1], run, platform))
    if len(failed) == len(results):
        raise failed[0]
    return results


def _failed(error: EngineError, run: _Run, platform: Platform) -> str:
    header: dict[str, Any] = {"name": "circuit", "n_qubits": 0, "memory_slots": 0, "creg_sizes": []}
    problem = {"success": False, "status": f"ERROR: {error.code}: {error}"}
    result = {**_whole(platform, {"shots": run.shots, **problem, "data": {}, "header": header}), **problem}
    return qio.encode_result(result, qio.QISKIT_RESULT_JSON) if run.wrapped else json.dumps(result)


def _run_circuit(
    source: tuple[int, str], run: _Run, platform: Platform, rng: np.random.Generator, stopped: Stopped
) -> str:
    """Cirq's circuits get Cirq's result, OpenQASM gets Qiskit's."""
    number, text = source
    if number == qio.CIRQ_JSON:
        program = cirq.parse(text, marks=run.conditions.marks)
        program = replace(program, circuit=run.conditions.applied(program.circuit))
        result = cirq.result(program, sample(program.circuit, run.shots, rng, stopped=stopped))
        return qio.encode_result(result, qio.CIRQ_RESULT_JSON) if run.wrapped else json.dumps(result)
    circuit = _circuit(number, text, stopped, run.conditions)
    samples = sample(circuit, run.shots, rng, stopped=stopped)
    result = _qiskit_result(circuit, samples, platform, memory=run.memory)
    if run.wrapped:
        return qio.encode_result(result, qio.QISKIT_RESULT_JSON)
    if platform.backend_name == "qsim":
        # Clients of that age read Cirq's result from qsim, whatever they sent.
        result |= cirq.bit_by_bit(circuit, samples)
    return json.dumps(result)


def _read(program: Program) -> _Run:
    if program.form == "perceval":
        shots = program.parameters.get("shots", photonic_jobs.shots_of(program.text))
        return _Run([(qio.PERCEVAL_JSON, program.text)], shots, memory=False, wrapped=False)
    if program.form == "qiskit":
        return _read_old_form(program.text)
    payload = _object(program.text, "the model's payload")
    # Payloads that are not qio's: the payload is the program, or contains it.
    if "programs" not in payload and "sequence" in payload:
        return _Run([(qio.PULSER_JSON, _sequence(payload))], _runs(program), memory=False, wrapped=False)
    if "programs" not in payload and not payload.keys().isdisjoint({"unitary", "circuit", "experiment"}):
        shots = program.parameters.get("shots", photonic_jobs.shots_of(program.text))
        return _Run([(qio.PERCEVAL_JSON, program.text)], shots, memory=False, wrapped=False)
    if payload.get("noise_model"):
        raise UnsupportedProgramError(
            "the noise_model is not emulated; the emulator's own --gate-error and --readout-error are"
        )
    sources = [qio.decode_program(one, f"programs[{i}]") for i, one in enumerate(_list(payload, "programs"))]
    memory = program.options.get("memory") is True
    return _Run(sources, _runs(program), memory, wrapped=True)


def _runs(program: Program) -> Any:
    """Pulser's word for shots is runs."""
    return program.parameters.get("runs", program.parameters.get("shots"))


def _sequence(payload: dict[str, Any]) -> str:
    """The sequence in a model of Pulser's package."""
    sequence: Any = payload["sequence"]
    return sequence if isinstance(sequence, str) else json.dumps(sequence)


def _configuration(program: Program) -> str | None:
    """Return the configuration of the simulator, with noise for example, as Pulser's package writes it."""
    wanted = _object(program.text, "the model's payload").get("backend_configuration")
    return json.dumps(wanted) if is_object(wanted) else wanted or None


def _read_old_form(text: str) -> _Run:
    """`{"client", "backend", "run": {"circuits": [{"serialization_format", "circuit_serialization"}], "options"}}`."""
    run = _object(text, "the circuit").get("run")
    if not is_object(run):
        raise InvalidProgramError("the circuit has no object `run`")
    sources = [_old_circuit(one, f"run.circuits[{i}]") for i, one in enumerate(_list(run, "circuits"))]
    options_sent = run.get("options")
    options: dict[str, Any] = options_sent if is_object(options_sent) else {}
    return _Run(sources, options.get("shots"), options.get("memory") is True, wrapped=False)


def _old_circuit(value: Any, here: str) -> tuple[int, str]:
    circuit = value if is_object(value) else {}
    number, text = circuit.get("serialization_format"), circuit.get("circuit_serialization")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(text, str):
        raise InvalidProgramError(f"{here} should be {{serialization_format: 1 to 3, circuit_serialization: text}}")
    return number, text


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"{name} is not JSON: {error}") from None
    if not is_object(value):
        raise InvalidProgramError(f"{name} should be a JSON object")
    return value


def _list(value: dict[str, Any], key: str) -> list[Any]:
    items: Any = value.get(key)
    if not is_list(items):
        raise InvalidProgramError(f"`{key}` should be a list")
    return items


def _shots(value: Any, platform: Platform) -> int:
    if value is None:
        return min(DEFAULT_SHOTS, platform.max_shots)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= platform.max_shots:
        raise InvalidProgramError(f"shots should be 1 to {platform.max_shots} on {platform.name}, not {value!r}")
    return value


def _circuit(number: int, text: str, stopped: Stopped, conditions: Conditions) -> Circuit:
    if number not in qio.QASM_VERSIONS:
        name = qio.FORMATS.get(number, str(number))
        raise UnsupportedProgramError(
            f"serialization format {name} is not computed here; OpenQASM 2 and 3 and Cirq are"
        )
    circuit = openqasm.parse(text, versions=qio.QASM_VERSIONS[number], stopped=stopped, marks=conditions.marks)
    if circuit.num_qubits == 0:
        raise InvalidProgramError("the program has no qubits")
    # One that measures nothing is measured as a whole at its end.
    if not circuit.measures and (conditions.native is None or not conditions.native.must_measure):
        circuit = circuit.measured_everywhere()
    return conditions.applied(circuit)


def _photonic(
    source: tuple[int, str], shots: int, rng: np.random.Generator, stopped: Stopped, limits: photonic_jobs.Limits | None
) -> str:
    number, text = source
    if number != qio.PERCEVAL_JSON:
        raise UnsupportedProgramError("photonic platforms take no OpenQASM")
    return photonic_jobs.run(text, shots, rng, stopped, limits)


def _atoms(
    source: tuple[int, str],
    variables: dict[str, Any],
    runs: int,
    rng: np.random.Generator,
    stopped: Stopped,
    *,
    configuration: str | None,
) -> str:
    number, text = source
    if number != qio.PULSER_JSON:
        raise UnsupportedProgramError("platforms of neutral atoms take sequences of Pulser")
    try:
        if configuration is not None:
            raise UnsupportedProgramError("this emulator's own engine takes no backend_configuration")
        shots = rydberg.measure(pulses.parse(text, variables), runs, rng, stopped=stopped)
    except (UnsupportedProgramError, ProgramTooLargeError) as refusal:
        shots = atoms.outside(refusal, text, variables, runs, rng, stopped=stopped, configuration=configuration)[0]
    return json.dumps({"counter": dict(sorted(Counter(shots).items()))})


def _qiskit_result(circuit: Circuit, samples: Samples, platform: Platform, *, memory: bool) -> dict[str, Any]:
    """A Qiskit `Result`: hexadecimal, classical bit 0 the least significant."""
    totals = np.bincount(samples.slots, minlength=len(samples.values)).tolist()
    data: dict[str, Any] = {"counts": {hex(value): total for value, total in zip(samples.values, totals, strict=True)}}
    if memory:
        texts = [hex(value) for value in samples.values]
        data["memory"] = [texts[slot] for slot in samples.slots.tolist()]
    header: dict[str, Any] = {
        "name": "circuit",
        "n_qubits": circuit.num_qubits,
        "memory_slots": circuit.num_bits,
        "creg_sizes": [[register.name, register.size] for register in circuit.registers],
        "qreg_sizes": [["q", circuit.num_qubits]],
        "global_phase": 0.0,
        "metadata": {},
    }
    result: dict[str, Any] = {
        "shots": len(samples.slots),
        "success": True,
        "status": "DONE",
        "meas_level": 2,
        "data": data,
        "header": header,
    }
    return _whole(platform, result)


def _whole(platform: Platform, experiment: dict[str, Any]) -> dict[str, Any]:
    return {
        "backend_name": platform.name,
        "backend_version": "1.0.0",
        "job_id": "",
        "qobj_id": "",
        "status": "COMPLETED",
        "success": True,
        "results": [experiment],
    }
