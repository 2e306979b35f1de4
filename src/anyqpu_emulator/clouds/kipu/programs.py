"""From a submission to a computation: which engine runs it, and which shape its result takes."""

from __future__ import annotations

import base64
import io
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from anyqpu_emulator.engines import ahs, ionq, iqm, openqasm, photonic_jobs, qpy, rydberg
from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import EngineError, InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import Samples, final_state, sample
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.workers import Failure

from . import aquila, normalized, results
from .conditions import conditions_of
from .normalized import Outcome
from .submission import Submission

Stopped = Callable[[], bool]


def computation(job: Submission, seed: list[int]) -> Callable[[Stopped], bytes | Failure]:
    """Return a job's computation. Equal seeds give equal results."""

    def compute(stopped: Stopped) -> bytes | Failure:
        try:
            outcome = _RUNNERS[job.backend.id](job, np.random.default_rng(seed), stopped)
            return normalized.encoded(outcome, job.names)
        except EngineError as error:
            return Failure(error.code, str(error))

    return compute


def _qsim(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    circuit = openqasm.parse(job.input["qasm"], versions=(2,), stopped=stopped)
    mode = str(job.input_params.get("mode") or "sample").lower()
    if mode == "sample":
        samples = _sample(circuit, job.shots, rng, stopped)[1]
        return Outcome(results.qsim_sample(samples, circuit.num_qubits), (normalized.counts(samples),))
    state = final_state(circuit, stopped=stopped)
    if mode == "statevector":
        shared = normalized.probabilities(state, circuit.num_qubits)
        return Outcome(results.qsim_statevector(state, circuit.num_qubits), (shared,))
    # Some amplitudes are not a distribution; that they have no normalized form is inferred.
    return Outcome(results.qsim_amplitudes(state, circuit.num_qubits, job.input_params["bitstrings"]))


def _qudora(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    version = 2 if job.input_format == "OPEN_QASM_V2" else 3
    if job.input_params.get("language") in ("OpenQASM2", "OpenQASM3"):
        version = int(job.input_params["language"][-1])
    runs = _runs(job, rng, stopped, lambda text: openqasm.parse(text, versions=(version,), stopped=stopped))
    raw = [results.qudora(samples) for _, _, samples in runs]
    return _sampled(job, raw if _is_set(job) else raw[0], runs)


def _braket(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    runs = _runs(job, rng, stopped, lambda text: openqasm.parse(text, versions=(3,), dialect="braket", stopped=stopped))
    if _is_set(job):
        return _sampled(job, results.braket_set(runs, job.backend), runs)
    source, circuit, samples = runs[0]
    return _sampled(job, results.braket(samples, circuit, source, job.backend), runs)


def _is_set(job: Submission) -> bool:
    """Whether the input is a list of programs, also of a single one."""
    return is_list(job.input["qasm"])


def _runs(
    job: Submission, rng: np.random.Generator, stopped: Stopped, parse: Callable[[str], Circuit]
) -> list[tuple[str, Circuit, Samples]]:
    """Sample each program of a job in OpenQASM; an error names the program where there are several."""
    runs: list[tuple[str, Circuit, Samples]] = []
    for place, (text, shots) in enumerate(zip(job.texts, job.shots_of_programs(), strict=True)):
        try:
            runs.append((text, *_sample(parse(text), shots, rng, stopped)))
        except EngineError as error:
            raise error.within(f"qasm[{place}]: ") if _is_set(job) else error from None
    return runs


def _sampled(
    job: Submission, raw: Mapping[str, Any] | list[Any], runs: Sequence[tuple[str, Circuit, Samples]]
) -> Outcome:
    """Return the outcome of programs whose raw results have every shot; normalized shots are those of one program."""
    shots = runs[0][2] if len(runs) == 1 else None
    return Outcome(raw, tuple(normalized.counts(samples) for _, _, samples in runs), shots)


def _ionq(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    circuit = ionq.parse(job.input)
    state = final_state(circuit, stopped=stopped)
    shared = normalized.probabilities(state, circuit.num_qubits)
    return Outcome({"histogram": ionq.histogram(state)}, (shared,))


def _iqm(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    circuits: list[Any] = job.input["circuits"]
    if not circuits or not all(is_object(circuit) for circuit in circuits):
        raise InvalidProgramError("circuits should be a list of at least one object")
    conditions = conditions_of(job)
    native = [iqm.parse(circuit, marks=conditions.marks, unknown=conditions.native is not None) for circuit in circuits]
    native = [replace(one, circuit=conditions.applied(one.circuit)) for one in native]
    runs = [(one, sample(one.circuit, job.shots, rng, stopped=stopped)) for one in native]
    ordered = [normalized.by_classical_bit(samples, one.keys) for one, samples in runs]
    return Outcome(results.iqm(runs), tuple(normalized.counts(samples) for samples in ordered))


def _ibm(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    pubs: list[Any] = job.input["pubs"]
    if not pubs:
        raise InvalidProgramError("pubs should have at least one entry")
    options = job.input.get("options")
    default = options.get("default_shots") if is_object(options) else None
    texts = job.captured if len(job.captured) == len(pubs) else [None] * len(pubs)
    programs = [
        _pub(pub, f"pubs[{place}]", default or job.shots, job, text=text, stopped=stopped)
        for place, (pub, text) in enumerate(zip(pubs, texts, strict=True))
    ]
    runs = [_sample(circuit, shots, rng, stopped) for circuit, shots in programs]
    # Of a single register the raw result has counts alone.
    shots = runs[0][1] if len(runs) == 1 and len(runs[0][0].registers) > 1 else None
    return Outcome(results.ibm(runs), tuple(normalized.counts(samples) for _, samples in runs), shots)


def _pub(
    pub: Any, here: str, default_shots: Any, job: Submission, *, text: str | None, stopped: Stopped
) -> tuple[Circuit, int]:
    """A pub is `[circuit, parameter values or null, shots or null]`, or a circuit alone.

    Qiskit's own form of a circuit needs Qiskit; its clients send the same as OpenQASM 3 beside it.
    """
    parts: list[Any] = pub if is_list(pub) else [pub]
    circuit, values, shots = [*parts, None, None, None][:3]
    if is_object(circuit) and text is not None:
        circuit = text
    if is_object(circuit):
        circuit = _as_text(circuit, here)
    if not isinstance(circuit, str):
        raise InvalidProgramError(f"{here} should be [OpenQASM 3 text, null, shots]")
    if values and not _empty_array(values):
        raise UnsupportedProgramError(f"{here}: parameter values are not emulated; bind them in the circuit")
    wanted = default_shots if shots is None else shots
    if not isinstance(wanted, int) or isinstance(wanted, bool) or not 1 <= wanted <= job.backend.max_shots:
        raise InvalidProgramError(f"{here}: shots should be 1 to {job.backend.max_shots}, not {wanted!r}")
    conditions = conditions_of(job)
    try:
        parsed = openqasm.parse(circuit, stopped=stopped, marks=conditions.marks)
        if not parsed.measures and conditions.native is None:
            parsed = parsed.measured_everywhere()
        return conditions.applied(parsed), wanted
    except EngineError as error:
        raise error.within(f"{here}: ") from None


def _as_text(circuit: Mapping[str, Any], here: str) -> str:
    try:
        return qpy.openqasm3(circuit)
    except EngineError as error:
        raise error.within(f"{here}: ") from None


def _empty_array(value: Any) -> bool:
    """Whether this is an array without elements, as Qiskit's runtime client writes it: no parameters."""
    if not is_object(value) or value.get("__type__") != "ndarray" or not isinstance(value.get("__value__"), str):
        return False
    try:
        # A longer array has elements.
        plain = zlib.decompressobj().decompress(base64.b64decode(value["__value__"]), 4096)
        return bool(np.load(io.BytesIO(plain), allow_pickle=False).size == 0)
    except (ValueError, EOFError, zlib.error):
        return False


def _perceval(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    text = json.dumps(job.input)
    shots = photonic_jobs.shots_of(text) or job.shots
    output = photonic_jobs.run(text, min(shots, job.backend.max_shots), rng, stopped)
    return Outcome({"duration": 1, "intermediate_results": [], "results": output, "results_type": None})


def _analog(job: Submission, rng: np.random.Generator, stopped: Stopped) -> Outcome:
    if job.strict:
        aquila.check(job.input["ahs_program"])
    analog = ahs.parse(job.input["ahs_program"])
    samples = rydberg.sample(rydberg.final_state(analog.sequence, stopped=stopped), job.shots, rng)
    return Outcome(results.analog(analog.filling, samples, job.input["ahs_program"], job.backend))


def _sample(circuit: Circuit, shots: int, rng: np.random.Generator, stopped: Stopped) -> tuple[Circuit, Samples]:
    """Sample a circuit; one that measures nothing is measured as a whole at its end, as simulators do."""
    if circuit.num_qubits == 0:
        raise InvalidProgramError("the program has no qubits")
    if not circuit.measures:
        circuit = circuit.measured_everywhere()
    return circuit, sample(circuit, shots, rng, stopped=stopped)


_RUNNERS: dict[str, Callable[[Submission, np.random.Generator, Stopped], Outcome]] = {
    "kipu.sim.qsim": _qsim,
    "azure.ionq.simulator": _ionq,
    "qudora.sim.xg1": _qudora,
    "aws.sim.sv1": _braket,
    "ibm.qpu.fez": _ibm,
    "iqm.qpu.garnet": _iqm,
    "quandela.sim.belenos": _perceval,
    "aws.quera.aquila": _analog,
}
