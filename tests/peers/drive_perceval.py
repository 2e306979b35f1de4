"""Perceval: photons on Scaleway and on Kipu, through its own providers."""

import time
import uuid

import perceval as pcvl
from perceval.algorithm import Sampler
from perceval.providers import kipu, scaleway
from steps import EMULATOR, finish, step


def two_photons(session: object) -> None:
    """Two photons that meet on a beam splitter leave it together."""
    processor = session.build_remote_processor()
    processor.set_circuit(pcvl.BS())
    processor.with_input(pcvl.BasicState([1, 1]))
    processor.min_detected_photons_filter(0)
    sampler = Sampler(processor, max_shots_per_call=1000)
    counts = finished(sampler.sample_count.execute_async(1000))["results"]
    assert sum(counts.values()) == 1000, counts
    assert {str(state) for state in counts} == {"|2,0>", "|0,2>"}, counts
    likely = finished(sampler.probs.execute_async())["results"]
    assert abs(likely[pcvl.BasicState([2, 0])] - 0.5) < 1e-6, likely


def finished(job: object) -> dict:
    end = time.monotonic() + 60
    while not job.is_complete:
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.2)
    assert job.is_success, job.status.stop_message
    return job.get_results()


for name in ("EMU-SAMPLING-L4", "QPU-BELENOS-12PQ"):
    with step(f"Scaleway, {name}: counts and probabilities of two photons on a beam splitter"):
        with scaleway.Session(
            name,
            project_id=str(uuid.uuid4()),
            token=str(uuid.uuid4()),
            url=f"{EMULATOR}/scaleway",
            max_idle_duration_s=600,
            max_duration_s=1200,
        ) as session:
            two_photons(session)
with step("Kipu, quandela.sim.belenos: counts and probabilities of two photons on a beam splitter"):
    with kipu.Session("quandela.sim.belenos", token="mine", url=f"{EMULATOR}/kipu/quantum") as session:
        two_photons(session)
finish()
