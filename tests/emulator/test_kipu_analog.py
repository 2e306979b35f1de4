"""QuEra's atoms on Kipu: Braket's analog programs, against matrices written down anew, and through our client."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import numpy as np
import pytest

import anyqpu
from anyqpu.errors import JobFailedError
from anyqpu_emulator.engines import ahs, rydberg
from anyqpu_emulator.engines.errors import EngineError

C6 = 5.42e-24


def series(times: list[Any], values: list[Any], pattern: Any = "uniform") -> dict[str, Any]:
    return {"time_series": {"times": times, "values": values}, "pattern": pattern}


def program(sites: list[list[Any]], omega: Any, phase: Any, delta: Any, filling: list[int] | None = None) -> Any:
    return {
        "braketSchemaHeader": {"name": "braket.ir.ahs.program", "version": "1"},
        "setup": {"ahs_register": {"sites": sites, "filling": filling or [1] * len(sites)}},
        "hamiltonian": {
            "drivingFields": [{"amplitude": omega, "phase": phase, "detuning": delta}],
            "shiftingFields": [],
        },
    }


def expected(sites: list[list[float]], seconds: float, at: Any) -> np.ndarray[Any, Any]:
    """Probabilities by small steps of exp(-i H dt), `at` gives (Omega, phi, [Delta_k])."""
    size = 2 ** len(sites)
    bits = np.array(list(itertools.product((0, 1), repeat=len(sites))))
    state = np.zeros(size, dtype=complex)
    state[0] = 1
    steps = 2000
    dt = seconds / steps
    for step in range(steps):
        omega, phi, delta = at((step + 0.5) * dt)
        energy = -bits @ np.array(delta)
        for j, k in itertools.combinations(range(len(sites)), 2):
            energy = energy + C6 / np.linalg.norm(np.subtract(sites[j], sites[k])) ** 6 * bits[:, j] * bits[:, k]
        matrix = np.diag(energy).astype(complex)
        for a, b in itertools.product(range(size), repeat=2):
            if np.sum(bits[a] != bits[b]) == 1:
                # exp(i phi) |g><r|: towards the ground state.
                matrix[a, b] += omega / 2 * np.exp(1j * phi if bits[a].sum() < bits[b].sum() else -1j * phi)
        values, vectors = np.linalg.eigh(matrix)
        state = vectors @ (np.exp(-1j * values * dt) * (vectors.conj().T @ state))
    return np.abs(state) ** 2


def computed(content: Any) -> np.ndarray[Any, Any]:
    return np.abs(rydberg.final_state(ahs.parse(content).sequence)) ** 2


def test_two_atoms_with_everything_that_a_program_can_say() -> None:
    sites = [[0.0, 0.0], [0.0, 6.5e-6]]
    omega = series(["0", "2e-7", "1e-6", "1.2e-6"], ["0.0", "9e6", "9e6", "0"])
    phase = series([0, 5e-7, 1.2e-6], [0.3, 1.7, 1.7])
    delta = series([0, 1.2e-6], [-4e6, 6e6])
    whole = program(sites, omega, phase, delta)
    whole["hamiltonian"]["localDetuning"] = [{"magnitude": series([0, 1.2e-6], [0, 8e6], ["0.0", "0.5"])}]

    def at(time: float) -> tuple[float, float, list[float]]:
        strength = float(np.interp(time, [0, 2e-7, 1e-6, 1.2e-6], [0, 9e6, 9e6, 0]))
        global_ = -4e6 + 1e7 * time / 1.2e-6
        return strength, 0.3 if time < 5e-7 else 1.7, [global_, global_ + 4e6 * time / 1.2e-6]

    np.testing.assert_allclose(computed(whole), expected(sites, 1.2e-6, at), atol=2e-3)


def pi_pulse(sites: list[list[Any]], filling: list[int] | None = None) -> Any:
    flat = series([0, 1e-6], [np.pi * 1e6, np.pi * 1e6])
    nothing = series([0, 1e-6], [0, 0])
    return program(sites, flat, nothing, nothing, filling)


def test_a_pulse_of_pi_excites_an_atom_and_a_neighbour_keeps_it_from_that() -> None:
    np.testing.assert_allclose(computed(pi_pulse([[0, 0]])), [0, 1], atol=1e-6)
    assert computed(pi_pulse([[0, 0], [0, "4e-6"]]))[3] < 1e-2
    far = computed(pi_pulse([[0, 0], [0, 1e-4]]))
    np.testing.assert_allclose(far, [0, 0, 0, 1], atol=1e-6)


@pytest.mark.parametrize(
    "field", ["sites", "filling", "times", "values", "text", "nan", "many", "long", "pattern", "local"]
)
def test_what_is_wrong_is_named(field: str) -> None:
    broken = copy.deepcopy(pi_pulse([[0, 0], [0, 1e-4]]))
    register = broken["setup"]["ahs_register"]
    amplitude = broken["hamiltonian"]["drivingFields"][0]["amplitude"]
    match field:
        case "sites":
            register["sites"] = [[0]]
        case "filling":
            register["filling"] = [1]
        case "times":
            amplitude["time_series"]["times"] = [0, 0]
        case "values":
            amplitude["time_series"]["values"] = [1]
        case "text":
            amplitude["time_series"]["values"] = ["x", "y"]
        case "nan":
            amplitude["time_series"]["values"] = ["nan", "1"]
        case "many":
            register.update(sites=[[0, k * 1e-5] for k in range(11)], filling=[1] * 11)
        case "long":
            amplitude["time_series"]["times"] = [0, 1]
        case "pattern":
            amplitude["pattern"] = [1, 0]
        case _:
            broken["hamiltonian"]["shiftingFields"] = [{"magnitude": series([0, 1e-6], [1, 1], [3, 1])}]
    with pytest.raises(EngineError, match=r"sites|filling|times|values|series|ns|pattern|atoms"):
        ahs.parse(broken)
    with pytest.raises(EngineError, match="should be an object"):
        ahs.parse({"setup": []})


@pytest.mark.anyio
async def test_through_our_client() -> None:
    async with anyqpu.connect("kipu", emulator="lenient") as kipu:
        device = await kipu.device("aws.quera.aquila")
        assert device.accepting_jobs is not False
        job = await kipu.submit(pi_pulse([[0, 0], [0, 5e-5], [0, 1e-4]], [1, 0, 1]), device=device, shots=50)
        result = await job.result(timeout=60)
        assert result.items[0].samples == ("rer",) * 50
        broken = await kipu.submit(pi_pulse([[0, k * 1e-5] for k in range(11)]), device=device, shots=5)
        with pytest.raises(JobFailedError, match="up to 10 atoms"):
            await broken.result(timeout=60)
