"""Record what pulser-core and pulser-simulation make of sequences, for the emulator's quick tests.

Writes tests/emulator/pasqal/data/sequences.json: sequences, how long Pulser says that each lasts, and the exact
distribution by pulser-simulation. Run as a script, in the environment of drive_pulser.py; its exit code is 1 if the
emulator's own engine disagrees.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import pulser
from drive_pulser import ALLOWANCE, exact
from pulser_sequences import Case, cases

from anyqpu_emulator.engines import pulses, rydberg

FILE = Path(__file__).resolve().parents[2] / "tests" / "emulator" / "pasqal" / "data" / "sequences.json"
# What the emulator leaves to Pulser's own simulator.
_ELSEWHERE = ("XY", "truncated")
_SEEDS = 7


def main() -> int:
    """Write the file."""
    warnings.simplefilter("ignore")
    warnings.showwarning = lambda *_, **__: None
    devices: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    worst = 0.0
    for case in cases():
        seed = int(case.name.rpartition("seed ")[2]) if "seed" in case.name else 0
        if seed >= _SEEDS or any(word in case.name for word in _ELSEWHERE):
            continue
        document = json.loads(case.text)
        device = document.pop("device")
        # Its layouts are long, and mean nothing for a sequence that has its own.
        device.pop("pre_calibrated_layouts", None)
        if any("name" in atom for atom in document["register"]):
            document.pop("layout", None)
        devices[device["name"]] = device
        document["device"] = device["name"]
        shares = {bits: round(share, 5) for bits, share in sorted(exact(case).items()) if share > 5e-6}
        entries.append(
            {
                "name": case.name,
                "sequence": document,
                "variables": case.variables,
                "duration": duration(case),
                "shares": shares,
            }
        )
        worst = max(worst, disagreement(case, shares))
    FILE.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    head = json.dumps(f"tests/meaning/record_pulser.py, pulser-simulation {pulser.__version__}")
    FILE.write_text(f'{{"made_by": {head},\n"devices": {json.dumps(devices)},\n"sequences": [\n{lines}\n]}}\n')
    print(f"{len(entries)} sequences, {FILE.stat().st_size} bytes, the engine disagrees by at most {worst:.4f}")
    return int(worst > ALLOWANCE)


def duration(case: Case) -> int:
    """How long Pulser says that a sequence lasts, in ns."""
    variables = dict(case.variables)
    traps = variables.pop("qubits", None)
    sequence = pulser.Sequence.from_abstract_repr(case.text)
    if sequence.is_parametrized() or sequence.is_register_mappable():
        sequence = sequence.build(qubits=traps, **variables)
    return int(sequence.get_duration())


def disagreement(case: Case, shares: dict[str, float]) -> float:
    """The greatest difference of a share between the emulator's own engine and Pulser."""
    likely = rydberg.probabilities(pulses.parse(case.text, case.variables))
    width = (len(likely) - 1).bit_length()
    return max(abs(float(p) - shares.get(format(place, f"0{width}b"), 0.0)) for place, p in enumerate(likely))


if __name__ == "__main__":
    sys.exit(main())
