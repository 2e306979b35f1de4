"""Every kind of picture, to be looked at: below build/pictures, and those of the documentation in docs/assets.

    python -m tests.pictures.gallery

Calibrations and counts come from the emulator, with a seed; jobs are made up, so that their times stay the same.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
from PIL import Image

import anyqpu
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu.model.status import FailureKind, JobStatus
from anyqpu.pictures import html, plot_counts, plot_result, plot_topology, timeline

ROOT = Path(__file__).parents[2]
BUILD, ASSETS = ROOT / "build" / "pictures", ROOT / "docs" / "assets"
SHOWN = ("bell-counts", "jobs-timeline", "aspen-m-3-fidelities", "statevector")
"""What docs/pictures.md shows."""
NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)
GHZ = """OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[3];
h q[0];
cx q[0], q[1];
cx q[1], q[2];
measure q -> c;
"""


def result_of(*items: ResultItem) -> Result:
    return Result(job_id="5904a9f2", provider="kipu", items=items)


def many(count: int, bits: int, **options: Any) -> Counts:
    """Counts that fall off, as those of a noisy computer do."""
    return Counts({f"{place * 37 % 2**bits:0{bits}b}": 1 + 900 // (place + 1) for place in range(count)}, **options)


def results() -> dict[str, Result]:
    """A result of each kind."""
    half = 2**-0.5
    waves = tuple(complex(half, 0) if place in (0, 7) else 0j for place in range(8))
    fock = {"|1,0,1>": 40, "|0,2,0>": 35, "|0,1,1>": 25}
    counts = ResultItem(kind=ResultKind.COUNTS, counts=Counts({"00": 507, "11": 480, "01": 9, "10": 4}))
    failed = ResultItem(kind=ResultKind.COUNTS, success=False, error="the program has no measurement of qubit $q_3$")
    registers = {"a": Counts({"0": 60, "1": 40}), "flags": Counts({"11": 80, "01": 20})}
    means = [(0.9, 0.05), (0.4, 0.1), (-0.2, None), (-0.8, 0.02)]
    expectations = [ResultItem(kind=ResultKind.EXPECTATION, expectation=mean, deviation=d) for mean, d in means]
    phases = {"000": complex(0.5, 0), "011": complex(0, 0.5), "101": complex(-0.5, 0), "110": complex(0, -0.5)}
    return {
        "statevector": result_of(ResultItem(kind=ResultKind.STATEVECTOR, statevector=waves)),
        "amplitudes": result_of(ResultItem(kind=ResultKind.AMPLITUDES, amplitudes=phases)),
        "probabilities": result_of(ResultItem(kind=ResultKind.PROBABILITIES, probabilities={"00": 0.5, "11": 0.5})),
        "fock": result_of(ResultItem(kind=ResultKind.FOCK, fock=fock)),
        "samples": result_of(ResultItem(kind=ResultKind.SAMPLES, samples=("grg", "rgr", "grg", "egr"))),
        "expectations": result_of(*expectations),
        "expectation": result_of(expectations[0]),
        "raw": result_of(ResultItem(kind=ResultKind.RAW)),
        "registers": result_of(ResultItem(kind=ResultKind.COUNTS, registers=registers)),
        "items": result_of(counts, failed, ResultItem(kind=ResultKind.COUNTS, counts=many(100, 8)), expectations[0]),
        "items-30": result_of(*[counts] * 30),
        "nothing": result_of(),
    }


def jobs() -> list[Job]:
    """Jobs in every state, with times that are known and unknown."""

    def job(name: str, status: JobStatus, *minutes: float | None, **more: Any) -> Job:
        times = [None if minute is None else NOON + timedelta(minutes=minute) for minute in minutes]
        created, started, ended = [*times, None, None, None][:3]
        return Job(
            provider="kipu", id=f"id-of-{name}", device_id="ibm.qpu.fez", status=status, raw_status=status.upper(),
            name=name, created_at=created, started_at=started, ended_at=ended, **more,
        )  # fmt: skip

    failure = JobFailure(FailureKind.INVALID_PROGRAM, ("line 3: <b>unknown gate</b>, see https://example.org/x?key=1",))
    return [
        job("bell", JobStatus.COMPLETED, 0, 12, 15),
        job("ghz", JobStatus.COMPLETED, 2, 15, 21),
        job("vqe step 1", JobStatus.FAILED, 4, 21, 22.5, failure=failure),
        job("vqe step 2", JobStatus.CANCELLED, 5, None, 19),
        job("adder", JobStatus.TIMED_OUT, 6, 23, 33),
        job("a name that is far too long to be written beside a bar", JobStatus.RUNNING, 8, 33),
        job("qft with a $ in its name", JobStatus.QUEUED, 14),
        job("of another tool", JobStatus.COMPLETED),
    ]


def later(job: Job, time: timedelta) -> Job:
    names = ("created_at", "started_at", "ended_at")
    moved = {name: getattr(job, name) + time for name in names if getattr(job, name)}
    return replace(job, **moved)


def counts() -> dict[str, Counts]:
    """Counts of 2, 8, 32 and 1000 keys, and of each order."""
    examples = {f"counts-{count}": many(count, bits) for count, bits in ((2, 1), (8, 3), (32, 5), (1000, 10))}
    atoms = Counts({"0110": 7, "1001": 5}, order=BitOrder.NATIVE_REGISTER, bit_labels=("q0", "q1", "q2", "q3"))
    wide = Counts({"01" * 78: 40, "10" * 78: 30}, order=BitOrder.UNKNOWN)
    return examples | {"counts-atoms": atoms, "counts-wide": wide, "counts-none": Counts({})}


async def calibrations() -> dict[str, Calibration | Topology]:
    examples: dict[str, Calibration | Topology] = {}
    async with anyqpu.connect("rigetti", emulator=True) as rigetti:
        for name in ("Aspen-9", "Aspen-M-3"):
            calibration = await rigetti.calibration(name)
            examples[f"{name.lower()}-fidelities"] = replace(calibration, effective_at=NOON)
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        for name in ("iqm.qpu.garnet", "ibm.qpu.fez"):
            calibration = await kipu.calibration(name, at=NOON)
            assert calibration is not None
            examples[f"{name.replace('.', '-')}-errors"] = calibration
    garnet = examples["iqm-qpu-garnet-errors"]
    assert isinstance(garnet, Calibration)
    lacking = tuple(site for site in garnet.sites if not {3, 7} & set(site.nodes))
    examples["garnet-unknown"] = replace(garnet, sites=lacking)
    async with anyqpu.connect("pasqal", emulator=True) as pasqal:
        traps = await pasqal.topology("FRESNEL")
        assert traps is not None
        examples["fresnel-traps"] = traps
    examples["ring"] = Topology(nodes=tuple(range(12)), edges=tuple((node, (node + 1) % 12) for node in range(12)))
    examples["all-coupled"] = Topology(nodes=tuple(range(9)), edges=tuple((a, b) for b in range(9) for a in range(b)))
    petersen = [(node, (node + 1) % 5) for node in range(5)] + [(node, node + 5) for node in range(5)]
    petersen += [(5 + node, 5 + (node + 2) % 5) for node in range(5)]
    examples["no-lattice"] = Topology(nodes=tuple(range(10)), edges=tuple((min(e), max(e)) for e in petersen))
    return examples


async def bell() -> Result:
    from anyqpu.testing import emulated

    async with emulated(seed=7):
        async with anyqpu.connect("kipu") as kipu:
            job = await kipu.submit(GHZ, device="kipu.sim.qsim", shots=1000, name="ghz")
            return await job.result()


async def figures() -> dict[str, Any]:
    """All figures by their names."""
    made: dict[str, Any] = {"bell-counts": plot_result(await bell())}
    made |= {name: plot_counts(item) for name, item in counts().items()}
    made["counts-1000-by-key"] = plot_counts(counts()["counts-1000"], sort="key")
    made |= {name: plot_result(item) for name, item in results().items()}
    made["jobs-timeline"] = timeline(jobs(), now=NOON + timedelta(minutes=40))
    made["timeline-200"] = timeline(
        [later(job, timedelta(minutes=40 * number)) for number in range(25) for job in jobs()],
        now=NOON + timedelta(minutes=40 * 25),
    )
    made["timeline-none"] = timeline([], now=NOON)
    measured = await calibrations()
    made |= {name: plot_topology(item) for name, item in measured.items()}
    made["aspen-9-t1"] = plot_topology(measured["aspen-9-fidelities"], nodes="T1", edges="XY")
    made["garnet-t1"] = plot_topology(measured["iqm-qpu-garnet-errors"], nodes="t1_us")
    return made


async def page() -> str:
    """Everything that a notebook shows, one below the other."""
    shown: list[object] = [*jobs(), *counts().values(), *results().values()]
    async with anyqpu.connect("scaleway", emulator=True) as scaleway:
        shown += [await scaleway.device(name) for name in ("QPU-GARNET-20PQ", "EMU-AER-16C-128M")]
    measured: Mapping[str, Calibration | Topology] = await calibrations()
    shown += [entry for entry in measured.values() if isinstance(entry, Calibration)]
    light, dark = "body{margin:16px;background:white;color:#111}", "body{background:#111;color:#eee}"
    style = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{"".join(map(html, shown))}'


def small(figure: Any) -> bytes:
    """A figure as PNG with a palette, which these pictures do not suffer from."""
    paper = io.BytesIO()
    figure.savefig(paper, format="png", dpi=110)
    picture = Image.open(paper).convert("RGB").quantize(96, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    picture.save(packed, format="png", optimize=True)
    return packed.getvalue()


async def main() -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    ASSETS.mkdir(parents=True, exist_ok=True)
    for name, figure in (await figures()).items():
        (BUILD / f"{name}.png").write_bytes(figure._repr_png_())
        if name in SHOWN:
            (ASSETS / f"{name}.png").write_bytes(small(figure))
    (BUILD / "notebook.html").write_text(await page(), encoding="utf-8")
    print(f"{len(list(BUILD.glob('*.png')))} figures in build/pictures, {len(SHOWN)} in docs/assets")


if __name__ == "__main__":
    anyio.run(main)
