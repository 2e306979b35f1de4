"""The process in which Qiskit transpiles: a request in JSON on its input, a response on its output."""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from anyqpu.errors import AnyQPUError, ValidationError
from anyqpu.model.native import NativeForm, TranspileOptions
from anyqpu.model.program import ProgramFormat
from anyqpu_programs.transpiling import circuits
from anyqpu_programs.transpiling.apart import written


def main() -> None:
    """Serve one request."""
    out = os.dup(1)
    # What libraries print must not mix with the response.
    os.dup2(2, 1)
    response = respond(json.load(sys.stdin.buffer))
    with os.fdopen(out, "w", encoding="utf-8") as output:
        json.dump(response, output)


def respond(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the native programs, or the error of the first that has none."""
    form = NativeForm.from_json(request["form"])
    layout = request["layout"]
    options = TranspileOptions(
        level=request["level"], seed=request["seed"], layout=None if layout is None else tuple(layout)
    )
    programs: list[dict[str, Any]] = []
    for place, part in enumerate(request["programs"]):
        try:
            programs.append(written(circuits.transpiled(_circuit(part), form, options, names=part["names"])))
        except AnyQPUError as error:
            return {"error": error.message, "hint": error.hint, "place": place}
        except Exception as error:  # Qiskit's, of any class
            text = (str(error).strip().strip("'\"").splitlines() or [type(error).__name__])[0][:300]
            return {"error": f"Qiskit cannot transpile the program: {text}", "place": place}
    return {"programs": programs}


def _circuit(part: Mapping[str, Any]) -> Any:
    if part["format"] == ProgramFormat.QPY:
        qpy: Any = import_module("qiskit.qpy")
        circuit, *more = qpy.load(io.BytesIO(base64.b64decode(part["text"])))
        if more:
            raise ValidationError(f"the QPY has {1 + len(more)} circuits, not one", hint="Give a list of circuits")
        return circuits.bound(circuit, part["parameters"])
    qasm2: Any = import_module("qiskit.qasm2")
    # No includes but qelib1.inc: a program names no files of this machine.
    return qasm2.loads(part["text"], include_path=(), custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
