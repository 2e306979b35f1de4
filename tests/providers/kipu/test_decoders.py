"""Results of machines that the emulator does not compute: the shapes that their makers' clients read."""

from __future__ import annotations

import json

import pytest

from anyqpu import Job, JobStatus, ResultKind
from anyqpu.core.programs.packing import pack
from anyqpu.errors import ResultDecodeError
from anyqpu.providers.kipu.results import decode


def job_on(device: str) -> Job:
    return Job(provider="kipu", id="1", device_id=device, status=JobStatus.COMPLETED, raw_status="COMPLETED")


def shot(status: str, before: list[int], after: list[int]) -> dict[str, object]:
    return {"shotMetadata": {"shotStatus": status}, "shotResult": {"preSequence": before, "postSequence": after}}


def test_an_analog_result_says_what_each_site_was() -> None:
    """Braket: loaded and still there is the ground state, loaded and gone a Rydberg atom, never loaded is empty."""
    body = {
        "braketSchemaHeader": {"name": "braket.task_result.analog_hamiltonian_simulation_task_result", "version": "1"},
        "measurements": [
            shot("Success", [1, 1, 0], [1, 0, 0]),
            shot("Failure", [0, 0, 0], [0, 0, 0]),
            shot("Partial Success", [1, 1, 1], [0, 1, 0]),
        ],
    }
    item = decode(job_on("aws.quera.aquila"), body).items[0]
    assert item.kind is ResultKind.SAMPLES
    assert item.samples == ("gre", "rgr")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "compressed"])
def test_photons_are_counted_by_mode(packed: bool) -> None:
    text = ":PCVL:BSCount:{|0,2>=501;|2,0>=499}"
    results = {"results": f":PCVL:zip:{pack(text)}" if packed else text, "global_perf": 1.0}
    body = {"duration": 1, "intermediate_results": [], "job_id": "x", "results": json.dumps(results)}
    result = decode(job_on("quandela.sim.belenos"), body)
    assert result.kind is ResultKind.FOCK
    assert result.items[0].fock == {"|0,2>": 501, "|2,0>": 499}


@pytest.mark.parametrize(
    ("device", "body"),
    [
        ("aws.quera.aquila", {"measurements": [{"shotMetadata": {"shotStatus": "Success"}}]}),
        ("aws.quera.aquila", {"measurements": [shot("Success", [1, 1], [1])]}),
        ("quandela.sim.belenos", {"results": '{"results": ":PCVL:BSCount:{no=state}"}'}),
        ("quandela.sim.belenos", {"results": '{"results": ":PCVL:zip:!!"}'}),
        ("quandela.sim.belenos", {}),
    ],
)
def test_what_has_another_form_is_an_error_that_keeps_it(device: str, body: dict[str, object]) -> None:
    with pytest.raises(ResultDecodeError, match="has another form than expected") as caught:
        decode(job_on(device), body)
    assert caught.value.body == body
