"""What a program comes to by the emulator's reader, which shares no code with the client's."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from anyqpu import Program, ProgramFormat
from anyqpu_emulator.engines import ionq, openqasm
from anyqpu_emulator.engines.statevector import final_state, sample
from anyqpu_programs import convert

SHOTS = 4000


def converted(text: str, target: ProgramFormat) -> str:
    """A program in another language."""
    return convert(Program.from_text(text), target).text


def state_of(text: str) -> NDArray[np.complex128]:
    """The state before the measurements, which are all at the end."""
    lines = [line for line in text.splitlines() if "measure" not in line]
    return np.asarray(final_state(openqasm.parse("\n".join(lines), dialect=dialect_of(text))))


def shares(text: str, seed: int = 1) -> dict[str, float]:
    """The share of each outcome, bit 0 of the first register rightmost."""
    circuit = openqasm.parse(text, dialect=dialect_of(text))
    counts = sample(circuit, SHOTS, np.random.default_rng(seed)).counts()
    return {key: count / SHOTS for key, count in counts.items()}


def shares_by_qubit(program: Program) -> dict[str, float]:
    """The exact shares of IonQ's program, those of its helper qubits summed over."""
    content = json.loads(program.text)
    width = program.bits or content["qubits"]
    out: dict[str, float] = {}
    for number, share in ionq.histogram(final_state(ionq.parse(content))).items():
        key = f"{int(number) & (1 << width) - 1:0{width}b}"
        out[key] = out.get(key, 0.0) + share
    return out


def dialect_of(text: str) -> str:
    """Braket's programs include nothing."""
    return "braket" if text.startswith("OPENQASM 3") and "include" not in text else "openqasm"
