"""What notebooks show: HTML that is whole, harmless, and says what is known."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

import anyqpu
import anyqpu_pictures
from anyqpu.model.batch import Batch
from anyqpu.model.calibration import Calibration, Topology
from anyqpu.model.cost import CostEstimate, CostLine
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.device import Device
from anyqpu.model.items import Items
from anyqpu.model.job import Job, JobFailure
from anyqpu.model.money import Money, Pricing
from anyqpu.model.reservation import Reservation, ReservationStatus
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceStatus, FailureKind, JobStatus
from anyqpu.pictures import html
from tests.pictures.examples import EVIL, NOON, counted, job, many, measured, result_of, ring, square

ALONE = {"br", "hr", "img"}
ALLOWED = {"div", "table", "tr", "th", "td", "span"}
# Drawings have shapes, placed by numbers.
SHAPES = {"svg", "g", "line", "circle", "text"}
PLACES = {"viewbox", "width", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r"}


class Page(HTMLParser):
    """Elements that are opened and closed in order, the texts between them, and the styles of them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "|".join(self.words)

    @property
    def widths(self) -> list[float]:
        styles = [value or "" for name, value in self.attributes if name == "style"]
        return [float(style.rpartition("width:")[2].rstrip("%")) for style in styles if style.endswith("%")]


def page_of(value: Any) -> Page:
    """The HTML of a value, as a notebook asks for it; harmless in any case."""
    text = value._repr_html_()
    assert text == html(value)
    page = Page(text)
    assert set(page.tags) <= ALLOWED | SHAPES
    for name, number in page.attributes:
        assert name == "style" or (name in PLACES and re.fullmatch(r"[\d. ]+", number or ""))
    assert "url(" not in text
    assert "://" not in text
    return page


def things() -> list[Any]:
    """One of everything that has HTML, with what a hostile cloud might put in each text."""
    return [
        Device(id=EVIL, provider="kipu", name=EVIL + "2", vendor=EVIL, pricing=Pricing(model=EVIL)),
        job(JobStatus.FAILED, 0, 1, 2, id=EVIL, name=EVIL, device_id=EVIL, raw_status=EVIL, status_message=EVIL,
            tags=(EVIL,), failure=JobFailure(FailureKind.UNKNOWN, (EVIL,))),
        Batch(provider="pasqal", id=EVIL, device_id=EVIL, status=JobStatus.RUNNING, raw_status=EVIL, tags=(EVIL,)),
        Session(provider="kipu", id=EVIL, device_id=EVIL, status=SessionStatus.ACTIVE, raw_status=EVIL, tags=(EVIL,)),
        Reservation(provider="rigetti", id=EVIL, device_id=EVIL, status=ReservationStatus.PENDING, description=EVIL),
        Calibration(provider="kipu", device_id=EVIL, effective_at=None, source="device", data={}),
        measured(ring(4), (EVIL, EVIL, (0,), 0.5)),
        Counts({"01": 3}, order=BitOrder.NATIVE_REGISTER, bit_labels=(EVIL, "b")),
        result_of(ResultItem(kind=ResultKind.COUNTS, success=False, error=EVIL)),
        result_of(ResultItem(kind=ResultKind.COUNTS, registers={EVIL: Counts({"0": 1})})),
        result_of(ResultItem(kind=ResultKind.PROBABILITIES, probabilities={EVIL: 0.5})),
        result_of(ResultItem(kind=ResultKind.SAMPLES, samples=(EVIL,))),
        Topology(nodes=(0, 1), edges=((0, 1),), family=EVIL),
        CostEstimate(total=None, reason_unknown=EVIL),
        Items([job(JobStatus.QUEUED, 0, id=EVIL, device_id=EVIL, name=EVIL)]),
        Items([Device(id=EVIL, provider="kipu", name=EVIL)] * 2),
        Items([Session(provider="kipu", id=EVIL, device_id=EVIL, status=SessionStatus.ACTIVE, raw_status=EVIL)]),
        Items([EVIL]),
    ]  # fmt: skip


@pytest.mark.parametrize("thing", things(), ids=lambda thing: type(thing).__name__)
def test_what_a_cloud_wrote_is_text_and_links_are_left_out(thing: Any) -> None:
    page = page_of(thing)
    assert "script" not in page.tags
    assert "<script>" in page.text
    assert "(link)" in page.text
    assert "example.org" not in page.text
    assert "\x1b" not in page.text


def test_counts_are_bars() -> None:
    page = page_of(Counts({"00": 60, "11": 30, "01": 15}))
    assert page.widths == [100.0, 50.0, 25.0]
    assert [word for word in page.words if word.isdigit()] == ["00", "60", "11", "30", "01", "15"]
    assert "105 shots" in page.text
    assert "bit 0 rightmost" in page.text
    assert "bit order unknown" in page_of(Counts({"0": 1}, order=BitOrder.UNKNOWN)).text
    assert "nothing was measured" in page_of(Counts({})).text


def test_many_keys_are_folded_and_none_is_lost() -> None:
    counts = many(1000, 10)
    page = page_of(counts)
    assert "others (984 keys, cut short)" in page.words
    numbers = [
        int(page.words[place + 1]) for place, word in enumerate(page.words) if len(word) == 10 and word.isdigit()
    ]
    rest = int(page.words[page.words.index("others (984 keys, cut short)") + 1])
    assert len(numbers) == 16
    assert sum(numbers) + rest == counts.shots
    assert len(page.tags) < 150
    assert page.widths[0] == page.widths[-1] == 100.0
    few = page_of(Counts({f"{key:05b}": 40 - 2 * key for key in range(18)}))
    assert "others (2 keys)" in few.words
    assert few.widths[-1] == pytest.approx(100 * (8 + 6) / 40)


def test_a_job_has_what_is_known_and_nothing_else() -> None:
    shown = page_of(job(JobStatus.COMPLETED, 0, 12, 15, name="bell", shots=100, execution_time=timedelta(seconds=2.5)))
    assert "2030-01-31 12:12:00 UTC" in shown.words
    assert "2.5 s" in shown.words
    assert "kipu:ibm.qpu.fez" in shown.words
    for unknown in ("None", "queue", "failure", "message", "session", "tags"):
        assert unknown not in shown.text
    assert page_of(job(JobStatus.QUEUED, 0, queue_position=0)).words.count("0 ahead") == 1


def test_no_handle_and_no_decoding_is_shown() -> None:
    secret = "what-it-takes-to-read-the-result"
    assert secret not in page_of(job(JobStatus.COMPLETED, 0, decode={"patch": secret}, dedup_key=secret)).text


def test_a_session_has_its_end_and_what_it_may_still_cost() -> None:
    session = Session(
        provider="kipu",
        id="s",
        device_id="d",
        status=SessionStatus.ACTIVE,
        raw_status="ACTIVE",
        ends_at=NOON,
        may_still_cost=Money(Decimal("37.5"), "EUR"),
    )
    for words in (page_of(session).words, page_of(Items([session])).words):
        assert {f"{NOON:%Y-%m-%d %H:%M:%S} UTC", "37.5 EUR", "may still cost"} <= set(words)


def test_a_device_has_its_limits_and_price() -> None:
    device = Device(
        id="q", provider="kipu", name="q", status=DeviceStatus.ONLINE, num_qubits=20, shots_max=1000, queue_depth=3,
        average_wait=timedelta(seconds=90),
    )  # fmt: skip
    words = page_of(device).words
    assert {"20", "1 to 1000", "3 jobs", "90 s"} <= set(words)
    assert "name" not in words


def test_a_calibration_has_the_middle_and_the_ends_of_what_was_measured() -> None:
    sites = [("CZ", "fCZ", (0, 1), 0.9), ("CZ", "fCZ", (1, 2), 0.96), ("CZ", "fCZ", (2, 3), 0.93)]
    times = [("FreeInversionRecovery", "T1", (node,), (20 + node) * 1e-6) for node in range(4)]
    words = page_of(measured(ring(4), *sites, *times)).words
    at = words.index("CZ fCZ")
    assert words[at + 1 : at + 6] == ["3", "0.93", "0.9", "0.96", "0 to 1"]
    at = words.index("FreeInversionRecovery T1")
    assert words[at + 1 : at + 6] == ["4", "21.5", "20", "23", "µs"]
    assert f"{NOON:%Y-%m-%d %H:%M:%S} UTC" in words


def test_a_result_has_each_circuit_and_says_how_many_more() -> None:
    failed = ResultItem(kind=ResultKind.COUNTS, success=False)
    page = page_of(result_of(counted({"0": 3}), failed, *[counted({"1": 4})] * 20))
    assert "failed: the provider gives no reason" in page.words
    assert [word for word in page.words if word.startswith("circuit ")] == [f"circuit {place}" for place in range(8)]
    assert "and 14 more circuits" in page.words
    assert "(no results)" in page_of(result_of()).words


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (ResultItem(kind=ResultKind.EXPECTATION, expectation=0.25, deviation=0.5), "expectation value 0.25 (± 0.5)"),
        (ResultItem(kind=ResultKind.EXPECTATION, expectation=0.25), "expectation value 0.25 (deviation unknown)"),
        (ResultItem(kind=ResultKind.FOCK, fock={"|1,0>": 2}), "|1,0>"),
        (ResultItem(kind=ResultKind.STATEVECTOR, statevector=(0j, 1 + 0j)), "|amplitude|², bit 0 rightmost"),
        (ResultItem(kind=ResultKind.AMPLITUDES, amplitudes={"0": 0.6j}), "0.36"),
        (ResultItem(kind=ResultKind.RAW), "a form that anyqpu does not decode: see result.raw"),
    ],
)
def test_every_kind_of_result_has_a_picture(item: ResultItem, said: str) -> None:
    assert said in page_of(result_of(item)).words


def test_a_topology_has_its_map() -> None:
    page = page_of(square(3, 2))
    assert " 6 qubits" in page.words
    assert page.words[page.words.index("couplings") + 1] == "7"
    assert (page.tags.count("circle"), page.tags.count("line")) == (6, 7)
    assert page.words[-6:] == list("012345")
    # Both rows have three qubits, below each other.
    across = [value for name, value in page.attributes if name == "cx"]
    assert len(set(across[:3])) == 3
    assert across[:3] == across[3:]


def test_given_positions_point_upwards() -> None:
    traps = Topology(nodes=(0, 1), edges=(), positions=((0.0, 0.0), (0.0, 5.0)))
    lower, upper = [float(value or 0) for name, value in page_of(traps).attributes if name == "cy"]
    assert lower > upper


def test_a_topology_without_known_positions_is_text() -> None:
    assert "all 3 qubits are coupled to each other" in page_of(ring(3)).words
    star = Topology(nodes=tuple(range(7)), edges=tuple((0, node) for node in range(1, 7)))
    assert anyqpu_pictures.sketch(star) in page_of(star).words
    broken = Topology(nodes=(0,), edges=(), positions=((float("nan"), 0.0),))
    assert "circle" not in page_of(broken).tags


def test_an_estimate_has_its_sum_and_its_parts() -> None:
    price = Money(Decimal("4500"), "EUR")
    line = CostLine(what="session", quantity=Decimal("2.0"), unit="hour", price=price)
    words = page_of(CostEstimate(total=Money(Decimal(9000), "EUR"), lines=(line,))).words
    assert "about 9000 EUR" in words
    assert "at least" not in words
    least = CostEstimate(total=None, minimum=Money(Decimal(375), "EUR"))
    assert page_of(least).words[-2:] == ["at least", "375 EUR"]
    assert repr(least) == "CostEstimate(minimum=Money(amount=Decimal('375'), currency='EUR'), ...)"
    assert words[-3:] == ["session", "2 × 4500 EUR per hour", "9000.0 EUR"]
    unknown = page_of(CostEstimate(total=None, reason_unknown="the provider publishes no prices")).words
    assert unknown[-4:] == ["total", "unknown", "because", "the provider publishes no prices"]


def test_a_list_has_a_row_for_each_item_and_no_empty_column() -> None:
    jobs = Items([job(JobStatus.COMPLETED, 0, id=str(place), shots=7 + place) for place in range(3)])
    words = page_of(jobs).words
    assert " 3 jobs" in words
    assert words[2:7] == ["id", "status", "device", "shots", "submitted"]
    assert [words[words.index(str(place)) + 4] for place in range(3)] == ["7", "8", "9"]
    assert " 0 items" in page_of(Items()).words
    assert " 1 device" in page_of(Items([Device(id="q", provider="kipu", name="q")])).words
    many_jobs = page_of(Items([job(JobStatus.COMPLETED, 0)] * 60))
    assert many_jobs.tags.count("tr") == 51
    assert "and 10 more" in many_jobs.words


def test_a_list_of_several_classes_has_their_reprs() -> None:
    page = page_of(Items([1, "<b>"]))
    assert page.words[-2:] == ["1", "'<b>'"]


def test_there_is_no_html_of_anything_else() -> None:
    with pytest.raises(TypeError, match="no HTML form of a dict"):
        html({})


def test_a_job_of_a_list_is_read_when_it_is_shown() -> None:
    read: list[object] = []

    def reader(raw: Any, listed: Any) -> None:
        read.append(raw)
        sample = job(JobStatus.RUNNING, 0, 1, name="from a list")
        for name in Job.__slots__:
            setattr(listed, name, getattr(sample, name))

    listed = Job.listed("5904a9f2", {}, None, reader, raw_status="RUNNING")  # type: ignore[arg-type]
    # As IPython looks for other forms before it asks for this one.
    assert not hasattr(listed, "_ipython_display_")
    assert not read
    assert "from a list" in page_of(listed).words
    assert "from a list" in page_of(listed).words
    assert len(read) == 1


def test_nothing_of_matplotlib_is_needed() -> None:
    assert "matplotlib" not in vars(anyqpu_pictures)


@pytest.mark.anyio
@pytest.mark.parametrize("cloud", ["kipu", "scaleway", "pasqal", "rigetti"])
async def test_devices_of_every_cloud_are_shown(cloud: str) -> None:
    async with anyqpu.connect(cloud, emulator=True) as client:
        devices = await client.devices().collect()
    assert devices
    for device in devices:
        assert device.id in page_of(device).text
        assert device.id in page_of(devices).text


@pytest.mark.anyio
async def test_jobs_sessions_and_results_of_a_cloud_are_shown() -> None:
    program = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;'
    async with anyqpu.connect("scaleway", emulator=True) as scaleway:
        async with scaleway.session(device="EMU-AER-16C-128M") as session:
            made = await session.submit(program, shots=20, name="flip & show")
            result = await made.result()
        (listed,) = await scaleway.jobs().collect()
        (left,) = await scaleway.sessions().collect()
    assert page_of(result).widths == [100.0]
    shown = page_of(listed)
    assert "flip & show" in shown.words
    assert "completed" in shown.text
    assert left.id in page_of(left).text


@pytest.mark.anyio
async def test_a_pager_says_what_it_lists_and_sends_nothing() -> None:
    requests: list[object] = []

    class Recorder(anyqpu.Hooks):
        def on_request(self, event: object) -> None:
            requests.append(event)

    async with anyqpu.connect("kipu", emulator=True, hooks=Recorder()) as kipu:
        pager = kipu.jobs()
        assert repr(pager) == (
            "<Pager of kipu searchJobs: `async for item in pager`, or `await pager.collect(limit=10)`>"
        )
        page = Page(pager._repr_html_())
        assert page.text == repr(pager)
        assert page.tags == ["code"]
        assert not requests
        await kipu.devices().collect()
        later = kipu.jobs(resume_token="page:searchJobs:1:100:100")
    assert "kipu searchJobs from 'page:searchJobs:1:100:100'" in repr(later)
    assert len(requests) == 1
