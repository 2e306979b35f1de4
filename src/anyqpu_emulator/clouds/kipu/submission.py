"""`POST /jobs`: reading the envelope of a submitted program.

The program itself is read by an engine later: as in the real cloud, a broken program is a job that fails, not
a refused request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.shapes import is_list, is_object

from .catalogue import BACKENDS, Backend

_BITS = re.compile(r"[01]+")
# By kind of input: the required key, its type, and a description for errors.
_SHAPES: dict[str, tuple[str, type, str]] = {
    "qasm": ("qasm", str, 'a text of OpenQASM, or {"qasm": "…"}'),
    "ionq": ("circuit", list, '{"gateset": "qis", "qubits": 2, "circuit": […]}'),
    "iqm": ("circuits", list, '{"circuits": [{"name": "…", "instructions": […]}]}'),
    "ibm": ("pubs", list, '{"pubs": [["OPENQASM 3.0; …", null, 100]], "version": 2}'),
    "ahs": ("ahs_program", dict, '{"ahs_program": {"setup": {…}, "hamiltonian": {…}}}'),
    "perceval": ("command", str, "what Perceval sends, with a command and an experiment or a circuit"),
}


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted job. `input` is without the wrappers that some clients put around it.

    `captured` are texts of the same programs, which some clients send beside another form, and `names` are their names.
    A `strict` job is refused if it breaks the backend's rules; one with `noise_at` has the noise of the calibration at
    that time.
    """

    backend: Backend
    shots: int
    input: dict[str, Any]
    input_format: str
    input_params: dict[str, Any]
    name: str | None
    tags: list[str] | None
    session_id: str | None
    sdk_provider: str
    captured: tuple[str, ...] = ()
    strict: bool = False
    noise_at: float | None = None
    # State files from before this field have none.
    names: tuple[str | None, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The programs of an input in OpenQASM."""
        sent = self.input["qasm"]
        return sent if is_list(sent) else [sent]

    @property
    def programs(self) -> int:
        """How many programs the job has."""
        match self.backend.input_kind:
            case "qasm":
                return len(self.texts)
            case "ibm":
                return len(self.input["pubs"])
            case "iqm":
                return len(self.input["circuits"])
            case _:
                return 1

    def shots_of_programs(self) -> list[int]:
        """Return the shots of each program.

        Of IBM, each may have its own, before those of the options and of the job. AWS divides those of the job.
        """
        options: Any = self.input.get("options")
        default: Any = options.get("default_shots") if is_object(options) else None
        default = default if _is_number(default) and default else self.shots
        if self.backend.provider == "AWS":
            return [self.shots // self.programs] * self.programs
        if self.backend.input_kind != "ibm":
            return [self.shots] * self.programs
        own: list[Any] = [pub[2] if is_list(pub) and len(pub) > 2 else None for pub in self.input["pubs"]]
        return [shots if _is_number(shots) else default for shots in own]


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def find_backend(backend_id: str) -> Backend:
    """Return a backend by its id, or raise a 404."""
    if backend_id not in BACKENDS:
        raise ProblemError(404, f"there is no backend {backend_id!r}; GET /backends lists them")
    return BACKENDS[backend_id]


def read_submission(body: Mapping[str, Any]) -> Submission:
    """Read a checked body. Raises a 400 or 404 for what the document does not exclude."""
    backend = find_backend(body["backend_id"])
    shots: int = body["shots"]
    # Probabilities of photons need no shots.
    least = 0 if backend.input_kind == "perceval" else 1
    sent = body.get("input") if body.get("input") is not None else body.get("qasm")
    of_one = _shots_of_one(shots, sent, backend)
    if not least <= of_one <= backend.max_shots:
        raise ProblemError(400, f"shots should be {least} to {backend.max_shots} on {backend.id}, not {of_one}")
    program = _unwrap(sent, backend)
    captured = _captured(body.get("qasm"))
    submission = Submission(
        backend=backend,
        shots=shots,
        input=program,
        input_format=_input_format(body, backend),
        input_params=_input_params(body, backend, program),
        name=body.get("name"),
        tags=body.get("tags"),
        session_id=body.get("session_id"),
        sdk_provider=body.get("sdk_provider") or "CLIENT",
        captured=tuple(text for text, _ in captured),
        names=tuple(name for _, name in captured),
    )
    number = submission.programs
    if backend.max_programs is not None and number > backend.max_programs:
        raise ProblemError(400, f"{backend.id} takes {backend.max_programs} programs in one job, not {number}")
    return submission


def _captured(value: Any) -> list[tuple[str, str | None]]:
    """The texts and names in `{"format": "openqasm.v3", "programs": [{"qasm", "name"}]}`."""
    listed: Any = value.get("programs") if is_object(value) else None
    programs: list[Any] = listed if is_list(listed) else []
    if not all(is_object(entry) and isinstance(entry.get("qasm"), str) for entry in programs):
        return []
    names = [entry.get("name") for entry in programs]
    return [
        (entry["qasm"], name if isinstance(name, str) else None) for entry, name in zip(programs, names, strict=True)
    ]


def _unwrap(value: Any, backend: Backend) -> dict[str, Any]:
    """`input` comes bare, as an object, with `backendId` among its keys, or as `{backendId, value}`."""
    key, kind, wanted = _SHAPES[backend.input_kind]
    if is_object(value):
        program = dict(value)
        named = program.pop("backendId", None)
        if named is not None and named != backend.id:
            raise ProblemError(400, f"input.backendId is {named!r}, but backend_id is {backend.id!r}")
        if set(program) == {"value"}:
            return _unwrap(program["value"], backend)
        if isinstance(program.get(key), kind) or _is_set(program.get(key), backend):
            return program
        if key == "ahs_program" and {"setup", "hamiltonian"} <= set(program):
            return {key: program}
    elif isinstance(value, str) and key == "qasm":
        return {"qasm": value}
    raise ProblemError(400, f"input for {backend.id} should be {wanted}")


def _shots_of_one(shots: int, sent: Any, backend: Backend) -> int:
    """Return the shots of one program: AWS takes those of a list as the shots of all together. May raise a 400."""
    texts: Any = sent.get("qasm") if is_object(sent) else None
    if backend.provider != "AWS" or not is_list(texts) or not texts:
        return shots
    if shots % len(texts):
        raise ProblemError(400, f"{shots} shots on {backend.id} cannot be divided between {len(texts)} programs")
    return shots // len(texts)


def _is_set(value: Any, backend: Backend) -> bool:
    """Whether this is a list of programs in OpenQASM for a backend that takes such lists."""
    if backend.input_kind != "qasm" or backend.max_programs == 1 or not is_list(value) or not value:
        return False
    return all(isinstance(text, str) for text in value)


def _input_format(body: Mapping[str, Any], backend: Backend) -> str:
    sent = body.get("input_format")
    if sent is None:
        return backend.input_formats[0]
    # The document has OPEN_QASM_V3 in one place and openqasm.v3 in another.
    for name in backend.input_formats:
        if _letters(name) == _letters(sent):
            return name
    message = f"input_format for {backend.id} should be {' or '.join(backend.input_formats)}, not {sent!r}"
    raise ProblemError(400, message)


def _letters(word: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", word.upper())


def _input_params(body: Mapping[str, Any], backend: Backend, program: Mapping[str, Any]) -> dict[str, Any]:
    params = dict(body.get("input_params") or {})
    params.pop("backendId", None)
    if backend.id == "kipu.sim.qsim":
        mode = _choice(params, "mode", ("sample", "statevector", "amplitudes"))
        if mode == "amplitudes" and not _bitstrings(params.get("bitstrings")):
            raise ProblemError(400, 'input_params.bitstrings should be a list such as ["00", "11"]')
    if backend.input_kind == "ibm":
        program_id = _choice(params, "program_id", ("sampler", "estimator", "noise-learner"))
        if program_id != "sampler":
            raise ProblemError(400, f"input_params.program_id {program_id!r} is not emulated; 'sampler' is")
    if backend.input_kind == "ionq":
        # The cloud adds this, and its client needs it to read the histogram.
        params["qubits"] = str(program.get("qubits"))
    return params


def _choice(params: Mapping[str, Any], name: str, options: tuple[str, ...]) -> str:
    """Return a word of `input_params` in its usual spelling; the first option is the default."""
    sent = params.get(name)
    if sent is None:
        return options[0]
    for option in options:
        if isinstance(sent, str) and sent.casefold() == option.casefold():
            return option
    raise ProblemError(400, f"input_params.{name} should be one of {', '.join(options)}, not {sent!r}")


def _bitstrings(value: Any) -> bool:
    items = value if is_list(value) else []
    return bool(items) and all(isinstance(item, str) and _BITS.fullmatch(item) for item in items)
