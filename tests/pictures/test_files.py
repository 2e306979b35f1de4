"""Figures as files and in notebooks: drawn, not blank, and without a trace in what others use of matplotlib."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.style import context
from PIL import Image

import anyqpu_pictures
from anyqpu.errors import ConfigError
from anyqpu.model.calibration import Topology
from anyqpu.model.counts import Counts
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.model.status import JobStatus
from anyqpu.pictures import plot_topology, timeline
from tests.pictures import gallery
from tests.pictures.examples import NOON, counted, job, many, measured, result_of, ring

ROOT = Path(__file__).parents[2]
READOUT = [("MEASURE", "fRO", (node,), 0.9 + node / 100) for node in range(7)]
FIGURES: dict[str, Callable[[], Any]] = {
    "two": lambda: Counts({"0": 5, "1": 4}).plot(),
    "thousand": lambda: many(1000, 10).plot(),
    "none": lambda: Counts({}).plot(),
    "circuits": lambda: result_of(*[counted({"0": 3, "1": 1})] * 5).plot(),
    "expectation": lambda: result_of(ResultItem(kind=ResultKind.EXPECTATION, expectation=0.5, deviation=0.1)).plot(),
    "jobs": lambda: timeline([job(JobStatus.COMPLETED, 0, 5, 9), job(JobStatus.CANCELLED, 0, None, 3)], now=NOON),
    "calibration": lambda: measured(ring(8), *READOUT).plot(),
    "topology": lambda: ring(12).plot(),
}


def pixels(figure: Any) -> Any:
    """What a notebook shows of a figure, as numbers from 0 to 255."""
    with Image.open(io.BytesIO(figure._repr_png_())) as picture:
        assert picture.format == "PNG"
        return np.asarray(picture.convert("RGB")).astype(int)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_not_blank_and_nothing_is_cut_off(name: str) -> None:
    seen = pixels(FIGURES[name]())
    inked = (seen < 250).any(axis=2)
    assert 0.001 < inked.mean() < 0.7
    # Around what is drawn there is white paper on all sides.
    assert not inked[[0, -1], :].any()
    assert not inked[:, [0, -1]].any()


def test_bars_are_seen_as_long_as_they_are() -> None:
    seen = pixels(Counts({"00": 400, "11": 200}).plot())
    blue = (np.abs(seen - (0x00, 0x72, 0xB2)) < 12).all(axis=2)
    lengths = sorted({int(row.sum()) for row in blue if row.sum() > 20})
    assert lengths[-1] == pytest.approx(2 * lengths[0], abs=3)


def white_and_dark(name: str) -> tuple[float, float]:
    """Return the shares of a figure's pixels that are white, and that are dark."""
    seen = pixels(FIGURES[name]())
    return (seen > 250).all(axis=2).mean(), (seen < 80).all(axis=2).mean()


# Without a style.
plain = cache(white_and_dark)


@pytest.mark.parametrize("style", ["dark_background", "ggplot", "bmh"])
@pytest.mark.parametrize("name", ["two", "none", "circuits", "expectation", "jobs", "calibration"])
def test_a_style_leaves_dark_letters_on_white_paper(style: str, name: str) -> None:
    white, dark = plain(name)
    with context(style):
        styled = white_and_dark(name)
    # A style may choose other letters.
    assert styled[0] == pytest.approx(white, abs=0.03)
    assert 0.6 * dark < styled[1] < 1.4 * dark


def test_a_style_adds_no_grid() -> None:
    with context("bmh"):
        (ax,) = FIGURES["two"]().axes
        assert not any(line.get_visible() for line in [*ax.get_xgridlines(), *ax.get_ygridlines()])


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_figure_is_written_in_the_forms_that_matplotlib_has(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"counts.{suffix}"
    Counts({"00": 5, "11": 4}).plot().savefig(path)
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(begins)


def test_nothing_is_said_by_matplotlib_whatever_is_drawn() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for figure in FIGURES.values():
            pixels(figure())
        pixels(timeline([job(JobStatus.QUEUED, 0, name="量子 😀 \u0378")], now=NOON))
        pixels(many(64, 6).plot(rows=64))
    assert [str(entry.message) for entry in said] == []


def test_settings_of_matplotlib_stay_and_pyplot_is_not_touched() -> None:
    before = dict(mpl.rcParams)
    for figure in FIGURES.values():
        pixels(figure())
    assert dict(mpl.rcParams) == before
    code = (
        "import sys, anyqpu;"
        "assert anyqpu.Counts({'0': 1}).plot()._repr_png_().startswith(b'\\x89PNG');"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=True)
    assert done.stdout.strip() == "False"


def test_without_matplotlib_the_extra_is_named_and_text_and_html_work() -> None:
    code = """
import sys
sys.modules["matplotlib"] = None
import anyqpu
import anyqpu_pictures
from anyqpu.errors import ConfigError
counts = anyqpu.Counts({"0": 3})
assert "█" in anyqpu.pictures.histogram(counts)
assert "<table" in counts._repr_html_()
try:
    counts.plot()
except ConfigError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, timeout=240, check=True
    )
    assert "figures need the package 'matplotlib" in done.stdout
    assert "pip install 'anyqpu[plot]'" in done.stdout


def test_what_is_broken_in_another_way_is_not_called_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        raise ModuleNotFoundError("No module named 'something.else'", name="something.else")

    monkeypatch.setattr(anyqpu_pictures, "import_module", broken)
    with pytest.raises(ModuleNotFoundError) as caught:
        plot_topology(ring(4))
    assert not isinstance(caught.value, ConfigError)


def test_all_ways_to_plot_a_topology_give_the_same_figure() -> None:
    topology = Topology(nodes=(0, 1), edges=((0, 1),))
    assert (pixels(topology.plot()) == pixels(plot_topology(topology))).all()


def test_pictures_of_the_page_are_small_and_are_those_that_a_program_makes() -> None:
    page = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(assets/([\w-]+)\.png\)", page)
    assert sorted(shown) == sorted(gallery.SHOWN)
    for name in shown:
        path = ROOT / "docs" / "assets" / f"{name}.png"
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            assert (np.asarray(picture.convert("L")) < 200).mean() > 0.005


def test_the_programs_figures_are_those_of_the_page() -> None:
    made = gallery.small(timeline(gallery.jobs(), now=gallery.NOON + timedelta(minutes=40)))
    with Image.open(io.BytesIO(made)) as now, Image.open(ROOT / "docs/assets/jobs-timeline.png") as then:
        assert now.size == then.size
        apart = np.abs(np.asarray(now.convert("L")).astype(int) - np.asarray(then.convert("L")))
        # Another version of matplotlib may set letters a little otherwise.
        assert (apart > 60).mean() < 0.05
