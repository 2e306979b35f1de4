"""Photonic circuits, experiments and processors of every kind that Perceval's clients send. Needs Perceval."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import perceval as pcvl


@dataclass(frozen=True, slots=True)
class Case:
    """What is submitted: `state` are the photons that enter a plain circuit, an experiment has them in itself."""

    name: str
    program: Any
    state: str | None = None

    @property
    def experiment(self) -> Any:
        """The experiment that it is."""
        if self.state is None:
            return getattr(self.program, "experiment", self.program)
        experiment = pcvl.Experiment(self.program)
        experiment.with_input(pcvl.BasicState(self.state))
        return experiment


def cases() -> Iterator[Case]:
    """All of them; the random ones are seeded."""
    yield from circuits()
    yield from experiments()
    for seed in range(6):
        yield random_circuit(seed)


def circuits() -> Iterator[Case]:
    """Plain circuits with an input state."""
    yield Case("Hong-Ou-Mandel on a beam splitter", pcvl.BS(), "|1,1>")
    for name, splitter in (("Rx", pcvl.BS.Rx), ("Ry", pcvl.BS.Ry), ("H", pcvl.BS.H)):
        angles = {"theta": 1.1, "phi_tl": 0.3, "phi_bl": 0.7, "phi_tr": -0.2, "phi_br": 0.9}
        yield Case(f"beam splitter {name} with phases", splitter(**angles), "|2,1>")
    yield Case("Mach-Zehnder interferometer", pcvl.BS() // pcvl.PS(0.8) // pcvl.BS(), "|1,0>")
    permuted = pcvl.Circuit(4).add(0, pcvl.PERM([2, 0, 3, 1])).add(1, pcvl.BS(theta=0.9)).add(2, pcvl.PERM([1, 0]))
    yield Case("permutations", permuted, "|1,0,2,0>")
    yield Case("unitary of five modes", pcvl.Unitary(_unitary(5, 7)), "|1,0,1,0,1>")
    barred = pcvl.Circuit(3).add(0, pcvl.BS()).barrier().add(1, pcvl.BS(theta=0.7)).barrier().add(0, pcvl.PS(1.1))
    yield Case("barriers", barred.add(0, pcvl.BS.H()), "|1,1,0>")
    inner = pcvl.Circuit(2).add(0, pcvl.BS.H()).add(1, pcvl.PS(0.5)).add(0, pcvl.BS.H())
    yield Case("circuit inside a circuit", pcvl.Circuit(4).add(0, inner).add(2, inner).add(1, inner), "|1,1,1,0>")
    mesh = pcvl.GenericInterferometer(4, lambda place: pcvl.BS(theta=0.3 + 0.2 * place) // pcvl.PS(0.4 * place))
    yield Case("mesh of four modes, four photons", mesh, "|1,1,1,1>")


def experiments() -> Iterator[Case]:
    """Experiments and processors: heralds, post-selection, detectors, noise."""
    plain = pcvl.Experiment(pcvl.BS.H() // pcvl.PS(0.3) // pcvl.BS.H())
    plain.with_input(pcvl.BasicState([1, 1]))
    yield Case("experiment with its photons", plain)

    heralded = pcvl.Experiment(pcvl.Unitary(_unitary(4, 3)))
    heralded.add_herald(3, 1)
    heralded.with_input(pcvl.BasicState([1, 1, 0]))
    heralded.min_detected_photons_filter(2)
    yield Case("herald", heralded)

    selected = pcvl.Experiment(pcvl.Unitary(_unitary(4, 4)))
    selected.with_input(pcvl.BasicState([1, 0, 1, 0]))
    selected.set_postselection(pcvl.PostSelect("[0,1]==1 & [2,3]==1"))
    selected.min_detected_photons_filter(2)
    yield Case("post-selection", selected)

    for name, detector in (("threshold", pcvl.Detector.threshold), ("number-resolving", pcvl.Detector.pnr)):
        detected = pcvl.Experiment(pcvl.Unitary(_unitary(3, 5)))
        for mode in range(3):
            detected.add(mode, detector())
        detected.with_input(pcvl.BasicState([1, 1, 1]))
        detected.min_detected_photons_filter(0)
        yield Case(f"{name} detectors", detected)

    noisy = pcvl.Experiment(pcvl.BS())
    noisy.noise = pcvl.NoiseModel(indistinguishability=0.8, transmittance=0.9)
    noisy.with_input(pcvl.BasicState([1, 1]))
    noisy.min_detected_photons_filter(1)
    yield Case("noise", noisy)

    for name in ("postprocessed cnot", "heralded cnot"):
        gate = pcvl.Processor("SLOS", 4)
        gate.add(0, pcvl.BS.H()).add(0, pcvl.catalog[name].build_experiment())
        gate.with_input(pcvl.BasicState([1, 0, 1, 0]))
        gate.min_detected_photons_filter(2)
        yield Case(f"processor: {name} makes a Bell state", gate)


def random_circuit(seed: int) -> Case:
    """Splitters, phases, permutations and unitaries on three to five modes."""
    dice = random.Random(seed)
    modes = dice.randint(3, 5)
    circuit = pcvl.Circuit(modes)
    for step in range(12):
        match dice.randrange(4):
            case 0:
                circuit.add(dice.randrange(modes), pcvl.PS(dice.uniform(0, 6)))
            case 1:
                targets = dice.sample(range(3), 3)
                circuit.add(dice.randrange(modes - 2), pcvl.PERM(targets))
            case 2:
                circuit.add(dice.randrange(modes - 1), pcvl.Unitary(_unitary(2, 100 * seed + step)))
            case _:
                splitter = dice.choice([pcvl.BS.Rx, pcvl.BS.Ry, pcvl.BS.H])
                circuit.add(dice.randrange(modes - 1), splitter(theta=dice.uniform(0, math.pi), phi_tr=dice.random()))
    photons = [dice.choice([0, 1, 1]) for _ in range(modes)]
    photons[0] = photons[0] or 1
    return Case(f"random circuit, seed {seed}", circuit, f"|{','.join(map(str, photons))}>")


def _unitary(size: int, seed: int) -> Any:
    pcvl.random_seed(seed)
    return pcvl.Matrix.random_unitary(size)
