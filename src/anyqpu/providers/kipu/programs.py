"""Programs as Kipu's backends take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anyqpu_raw.kipu.models import KipuJobInput, QudoraJobInput

from anyqpu.core.programs import photonics
from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat

# A backend's word for each of our formats.
WORDS: Mapping[ProgramFormat, str] = {
    ProgramFormat.OPENQASM3: "OPEN_QASM_V3",
    ProgramFormat.OPENQASM2: "OPEN_QASM_V2",
    ProgramFormat.BRAKET_QASM3: "BRAKET_OPEN_QASM_V3",
    ProgramFormat.IONQ_JSON: "IONQ_CIRCUIT_V1",
    ProgramFormat.IQM_JSON: "IQM_JOB_INPUT_V1",
    # What IBM's backends take is a list of circuits, each in QPY or OpenQASM 3.
    ProgramFormat.IBM_PUBS: "QISKIT_QPY",
    ProgramFormat.AHS_JSON: "BRAKET_AHS_PROGRAM",
    ProgramFormat.PERCEVAL_JSON: "PERCEVAL",
    # A circuit or an experiment is sent inside of a job.
    ProgramFormat.PERCEVAL: "PERCEVAL",
}
PHOTONIC = {ProgramFormat.PERCEVAL, ProgramFormat.PERCEVAL_JSON}
_PUBS = WORDS[ProgramFormat.IBM_PUBS]


def formats_of(words: Iterable[str]) -> tuple[ProgramFormat, ...]:
    """Our formats for a backend's words, in the backend's order."""
    words = tuple(words)
    if _PUBS in words:
        # Its other words are what a circuit in the list may be in.
        return (ProgramFormat.IBM_PUBS,)
    return tuple(format for word in words for format, ours in WORDS.items() if ours == word)


def texts(programs: Sequence[Program]) -> tuple[Any, str]:
    """What goes into a job of several programs in one language, and the word for their format."""
    return QudoraJobInput(qasm=[program.text for program in programs]), WORDS[programs[0].format]


def payload(program: Program, shots: int, parameters: Mapping[str, Any]) -> tuple[Any, str]:
    """What goes into a job, and the word for its format.

    `parameters` are further keys of a photonic job, such as `{"input_state": "|1,0,1>"}` for a circuit of Perceval's.
    """
    word = WORDS.get(program.format)
    if word is None:
        raise ValidationError(
            f"Kipu has no word for {program.format}", provider="kipu", fields=("program",), hint=", ".join(WORDS)
        )
    if program.format in PHOTONIC:
        return photonics.job_of(program, shots, parameters, provider="kipu"), word
    if program.is_text:
        return KipuJobInput(qasm=program.text), word
    if program.format is ProgramFormat.AHS_JSON:
        return {"ahs_program": program.content}, word
    return program.content, word
