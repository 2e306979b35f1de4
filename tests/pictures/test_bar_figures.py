"""Figures of counts and results: what they draw is what was measured."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from anyqpu.errors import ValidationError
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu_pictures.canvas import FILL, OTHERS
from tests.pictures.examples import EVIL, counted, many, result_of
from tests.pictures.reading import bars_of, overlapping, words_of


def test_bars_are_the_counts() -> None:
    counts = Counts({"00": 507, "11": 480, "01": 9, "10": 4})
    (ax,) = counts.plot().axes
    assert bars_of(ax) == dict(counts)
    assert [text.get_text() for text in ax.texts] == ["507", "480", "9", "4", "bits, bit 0 rightmost"]
    assert ax.get_xlabel() == "counts of 1000 shots"


def test_keys_can_be_in_their_own_order() -> None:
    (ax,) = Counts({"11": 3, "00": 1, "01": 2}).plot(sort="key").axes
    assert list(bars_of(ax)) == ["00", "01", "11"]
    # The first is on top.
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


@pytest.mark.parametrize(
    ("order", "labels", "said"),
    [
        (BitOrder.MSB_LEFT, None, "bits, bit 0 rightmost"),
        (BitOrder.LSB_LEFT, None, "bits, bit 0 leftmost"),
        (BitOrder.UNKNOWN, None, "bits, order unknown"),
        (BitOrder.NATIVE_REGISTER, ("q0", "q1"), "sites, in the order of the register: q0, q1"),
    ],
)
def test_the_order_of_bits_is_said_and_not_guessed(order: BitOrder, labels: tuple[str, ...] | None, said: str) -> None:
    figure = Counts({"01": 3}, order=order, bit_labels=labels).plot()
    assert said in words_of(figure)


@pytest.mark.parametrize(("keys", "bits", "drawn"), [(2, 1, 2), (8, 3, 8), (32, 5, 32), (33, 6, 33), (1000, 10, 33)])
def test_any_number_of_keys_is_readable(keys: int, bits: int, drawn: int) -> None:
    counts = many(keys, bits)
    figure = counts.plot()
    (ax,) = figure.axes
    bars = bars_of(ax)
    assert len(bars) == drawn
    assert ("others" in bars) is (keys > 32)
    assert all(bars[key] == counts[key] for key in bars if key != "others")
    assert overlapping(figure, [*ax.get_yticklabels(), *ax.texts, ax.xaxis.label]) == []
    assert overlapping(figure, [*ax.get_xticklabels(), ax.xaxis.label]) == []
    inside = figure.bbox
    for text in [*ax.get_yticklabels(), *ax.texts]:
        box = text.get_window_extent()
        assert box.x0 >= inside.x0
        assert box.x1 <= inside.x1


def test_what_is_folded_is_summed_up() -> None:
    counts = Counts({"00": 10, "01": 4, "10": 3, "11": 2})
    (ax,) = counts.plot(rows=2).axes
    assert bars_of(ax) == {"00": 10, "01": 4, "others": 5}
    assert [bar.get_facecolor() for bar in ax.patches][-1] != ax.patches[0].get_facecolor()
    assert "5, 2 keys" in [text.get_text() for text in ax.texts]
    assert not ax.patches[-1].get_hatch()


def test_a_sum_that_would_dwarf_the_rest_is_cut_short_and_says_so() -> None:
    counts = many(1000, 10)
    (ax,) = counts.plot(rows=4).axes
    bars = bars_of(ax)
    rest = counts.shots - sum(sorted(counts.values())[-4:])
    assert bars["others"] < 2 * max(counts.values()) < rest
    assert ax.patches[-1].get_hatch()
    assert f"{rest}, 996 keys, cut short" in [text.get_text() for text in ax.texts]


def test_long_keys_lose_their_middle_and_the_figure_says_how_long_they_are() -> None:
    figure = Counts({"01" * 78: 40, "10" * 78: 30}).plot()
    first, second = bars_of(figure.axes[0])
    assert first.startswith("0101")
    assert "…" in first
    assert second.startswith("1010")
    assert "156 characters, their middle left out" in " ".join(words_of(figure))


def test_nothing_measured_is_said() -> None:
    assert "(nothing was measured)" in words_of(Counts({}).plot())
    assert "(no results)" in words_of(result_of().plot())


def test_axes_of_others_get_as_many_bars_as_fit_and_their_figure_comes_back() -> None:
    figure = Figure(figsize=(8, 2.5))
    left, right = figure.subplots(1, 2)
    assert many(100, 7).plot(ax=left) is figure
    bars = bars_of(left)
    assert 2 <= len(bars) < 20
    assert "others" in bars
    assert not right.patches
    assert overlapping(figure, left.get_yticklabels()) == []


def test_a_figure_in_a_part_of_a_figure_is_the_whole_figure() -> None:
    figure = Figure(figsize=(8, 3))
    part, _ = figure.subfigures(1, 2)
    assert Counts({"0": 1}).plot(ax=part.subplots()) is figure


def test_probabilities_and_photons_and_samples_are_bars() -> None:
    shares = result_of(ResultItem(kind=ResultKind.PROBABILITIES, probabilities={"00": 0.25, "11": 0.75}))
    (ax,) = shares.plot().axes
    assert bars_of(ax) == {"11": 0.75, "00": 0.25}
    assert ax.get_xlabel() == "probability"
    photons = result_of(ResultItem(kind=ResultKind.FOCK, fock={"|1,0>": 3, "|0,1>": 5}))
    assert bars_of(photons.plot().axes[0]) == {"|0,1>": 5, "|1,0>": 3}
    assert "photons in each mode, mode 0 first" in words_of(photons.plot())
    samples = result_of(ResultItem(kind=ResultKind.SAMPLES, samples=("gr", "rg", "gr")))
    assert bars_of(samples.plot().axes[0]) == {"gr": 2, "rg": 1}
    assert any("g ground, r Rydberg" in word for word in words_of(samples.plot()))
    bits = result_of(ResultItem(kind=ResultKind.SAMPLES, samples=("01", "01")))
    assert "bits, as the cloud orders them" in words_of(bits.plot())


def test_a_statevector_is_squares_with_phases_and_zeros_are_left_out() -> None:
    half = 2**-0.5
    item = ResultItem(kind=ResultKind.STATEVECTOR, statevector=(half + 0j, 0j, 0j, complex(0, -half)))
    (ax,) = result_of(item).plot().axes
    assert {key: round(value, 9) for key, value in bars_of(ax).items()} == {"00": 0.5, "11": 0.5}
    assert ax.get_xlabel() == "|amplitude|²"
    assert [text.get_text() for text in ax.texts][:2] == ["0.5  phase 0", "0.5  phase -0.5 π"]


def test_chosen_amplitudes_that_are_not_drawn_are_not_summed() -> None:
    amplitudes = {f"{place:04b}": complex(0.1, 0) for place in range(10)}
    (ax,) = result_of(ResultItem(kind=ResultKind.AMPLITUDES, amplitudes=amplitudes)).plot(rows=3).axes
    assert bars_of(ax)["others"] == 0
    assert "7 keys not shown" in [text.get_text() for text in ax.texts]


def test_expectation_values_share_a_panel_and_say_whether_their_deviation_is_known() -> None:
    means = [(0.9, 0.05), (-0.2, None), (0.4, 0.1)]
    items = [ResultItem(kind=ResultKind.EXPECTATION, expectation=mean, deviation=d) for mean, d in means]
    figure = result_of(*items).plot()
    (ax,) = figure.axes
    recognized, unknown = ax.containers
    assert list(recognized.lines[0].get_ydata()) == [0.9, 0.4]
    assert list(unknown.lines[0].get_ydata()) == [-0.2]
    (spread,) = recognized.lines[2]
    assert [round(float(y1 - y0), 9) for (_, y0), (_, y1) in spread.get_segments()] == [0.1, 0.2]
    assert not unknown.has_yerr
    assert {"with standard deviation", "deviation unknown"} <= set(words_of(figure))
    assert [int(tick) for tick in ax.get_xticks()] == [0, 1, 2]


def test_every_circuit_has_a_panel_and_one_that_failed_its_reason() -> None:
    failed = ResultItem(kind=ResultKind.COUNTS, success=False, error=f"no measurement {EVIL}")
    figure = result_of(counted({"0": 3}), failed, counted({"1": 4})).plot()
    assert [ax.get_title("left") for ax in figure.axes] == ["circuit 0", "circuit 1", "circuit 2"]
    assert bars_of(figure.axes[0]) == {"0": 3}
    assert bars_of(figure.axes[2]) == {"1": 4}
    (reason,) = [word for word in words_of(figure) if word.startswith("failed: no measurement")]
    assert "example.org" not in reason
    assert "$a_1$" in reason


def test_registers_have_a_panel_each() -> None:
    item = ResultItem(kind=ResultKind.COUNTS, registers={"a": Counts({"0": 6}), "b$": Counts({"11": 8})})
    figure = result_of(item).plot()
    assert [ax.get_title("left") for ax in figure.axes] == ["circuit 0, register a", r"circuit 0, register b\$"]
    assert [bars_of(ax) for ax in figure.axes] == [{"0": 6}, {"11": 8}]


@pytest.mark.parametrize("circuits", [2, 5, 12, 13, 40])
def test_many_circuits_are_drawn_as_far_as_they_can_be_read(circuits: int) -> None:
    figure = result_of(*[counted({"00": 5, "11": 4})] * circuits).plot()
    assert len(figure.axes) == min(circuits, 12)
    assert (f"the first 12 of {circuits}" in words_of(figure)) is (circuits > 12)
    titles = [ax.title for ax in figure.axes] + [text for ax in figure.axes for text in ax.texts]
    assert overlapping(figure, [*titles, *(ax.xaxis.label for ax in figure.axes)]) == []


def test_a_form_that_is_not_decoded_is_named() -> None:
    assert any("result.raw" in word for word in words_of(result_of(ResultItem(kind=ResultKind.RAW)).plot()))


def test_one_pair_of_axes_is_not_enough_for_two_circuits() -> None:
    ax = Figure().subplots()
    with pytest.raises(ValidationError, match="2 panels"):
        result_of(counted({"0": 1}), counted({"1": 1})).plot(ax=ax)
    assert bars_of(result_of(counted({"0": 1})).plot(ax=ax).axes[0]) == {"0": 1}


def test_bars_and_others_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(FILL) - grey(OTHERS)) > 0.2
