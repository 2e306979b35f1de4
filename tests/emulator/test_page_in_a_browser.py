"""The page at `/_control/` in a headless Chromium: what a tester does with it, and what a client notices of that."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from anyqpu import PollPolicy, RetryPolicy, errors, sync
from anyqpu_emulator.server import running

from .chromium import FOUND, NODE, Chromium, Page, chromium
from .conftest import BELL
from .pasqal.helpers import FLIP
from .test_page import read

pytestmark = pytest.mark.skipif(
    FOUND is None or NODE is None, reason="there is no Chromium; see `python -m tests.support.browser`"
)
EVIL = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
PICTURES = Path(__file__).parents[2] / "build" / "page"
QUICK = PollPolicy(floor=0.01, growth=0.0)
SUBMITS = {
    "kipu": (BELL, "kipu.sim.qsim"),
    "scaleway": (BELL, "EMU-AER-16C-128M"),
    "pasqal": (FLIP, "EMU_FREE"),
    "rigetti": ("DECLARE ro BIT[1]\nRX(pi) 0\nMEASURE 0 ro[0]", "Ankaa-3"),
}
READY = "typeof data !== 'undefined' && data !== null"
JOB = "#job-list > li > button"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as instance:
        yield instance


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running(seed=3) as url:
        yield url


@pytest.fixture
def control(server: str) -> Iterator[httpx.Client]:
    """The control API of an emulator in its first state."""
    with httpx.Client(base_url=f"{server}/_control") as client:
        client.post("/reset", json={})
        client.post("/clock", json={"speed": "instant", "rate": 1})
        yield client


@pytest.fixture
def page(browser: Chromium, server: str, control: httpx.Client) -> Iterator[Page]:
    with browser.page(f"{server}/_control/") as tab:
        tab.wait(READY)
        yield tab
        assert tab.value("document.title") == "anyqpu emulator"


def connected(cloud: str, server: str) -> Any:
    return sync.connect(cloud, emulator=server, retry=RetryPolicy(attempts=1), poll=QUICK)  # type: ignore[call-overload]


def submit(client: Any, cloud: str = "kipu", name: str | None = None) -> Any:
    program, device = SUBMITS[cloud]
    # Rigetti's jobs have no names.
    return client.submit(program, device=device, shots=10, **({"name": name} if name else {}))


def hold_new_jobs(page: Page) -> None:
    page.click("#hold-new")
    page.wait("document.querySelector('#hold-new').ariaPressed === 'true'")


# Jobs


def test_a_held_job_is_started_and_fails_with_a_message(page: Page, server: str) -> None:
    hold_new_jobs(page)
    with connected("kipu", server) as client:
        job = submit(client, name="bell & co")
        assert str(job.refresh().status) == "queued"
        page.click(JOB, "PENDING, held")
        page.wait_for_text(job.id, ".panel dl")
        page.click(".panel summary")
        page.wait_for_text("cx q[0],q[1]", ".panel pre")
        page.click(".panel button", "Start")
        page.wait_for_text("RUNNING, held", JOB)
        assert str(job.refresh().status) == "running"
        page.type(".panel .fail input", f"a fuse has blown {EVIL}")
        page.press("Enter")
        with pytest.raises(errors.JobFailedError, match="a fuse has blown") as caught:
            job.result(timeout=30)
        assert EVIL in str(caught.value)
        page.wait_for_text("FAILED", JOB)
        page.wait_for_text(EVIL, ".panel dl")
        page.wait_for_text("is failed", "#message")
        assert page.value("document.querySelectorAll('img, script').length") == 1
        assert not page.value("document.querySelector('.panel .choices').checkVisibility()"), "it is over"


@pytest.mark.parametrize("cloud", SUBMITS)
def test_jobs_of_each_cloud_end_as_the_tester_decides(page: Page, server: str, cloud: str) -> None:
    hold_new_jobs(page)
    with connected(cloud, server) as client:
        released, completed, cancelled, failed = [submit(client, cloud) for _ in range(4)]
        for job, action, state in (
            (released, "Release", "completed"),
            (completed, "Complete", "completed"),
            (cancelled, "Cancel", "cancelled"),
        ):
            page.click(JOB, job.id[:8])
            page.click(".panel button", action)
            page.wait(f"data.state.jobs.some((job) => job.id === {job.id!r} && job.state === {state!r})")
        assert released.result(timeout=30).counts.shots == 10
        assert completed.result(timeout=30).counts.shots == 10
        page.click(JOB, completed.id[:8])
        page.wait("document.querySelector('.panel .bar') !== null")
        with pytest.raises(errors.JobCancelledError):
            cancelled.result(timeout=30)
        page.click(JOB, failed.id[:8])
        page.type(".panel .fail input", "a fuse has blown")
        page.click(".panel .fail button")
        with pytest.raises(errors.JobFailedError, match="a fuse has blown"):
            failed.result(timeout=30)


def test_a_job_that_waits_is_held_whatever_the_time(page: Page, server: str) -> None:
    page.click("#speeds button", "real")
    page.wait_for_text("real jobs", "#facts")
    page.click("#rates button", "not at all")
    page.wait_for_text("time stopped", "#facts")
    with connected("kipu", server) as client:
        job, other = submit(client), submit(client)
        page.click(JOB, job.id[:8])
        page.wait_for_text("as planned", ".panel dl")
        page.click(".panel button", "Hold")
        page.wait_for_text("PENDING, held", JOB)
        before = page.value("data.state.clock.now")
        page.click("#advances button", "1 day")
        page.type("#advance", "20.5")
        page.press("Enter")
        page.wait(f"data.state.clock.now - {before} === 86420.5")
        assert other.result(timeout=30).counts.shots == 10
        assert str(job.refresh().status) == "queued"
        page.click(".panel button", "Release")
        assert job.result(timeout=30).counts.shots == 10
        page.type("#rate", "2.5")
        page.click("#rate-form button")
        page.wait_for_text("time × 2.5", "#facts")


def test_jobs_are_filtered(page: Page, server: str) -> None:
    with connected("kipu", server) as kipu, connected("scaleway", server) as scaleway:
        ids = {"bell": submit(kipu, name="bell").id, "ghz": submit(kipu, name="ghz").id}
        ids["scaleway"] = submit(scaleway, "scaleway").id
        hold_new_jobs(page)
        ids["held"] = submit(kipu).id

    def check(*names: str) -> None:
        wanted = sorted(ids[name][:8] for name in names)
        shown = "[...document.querySelectorAll('#job-list .mono')].map((each) => each.textContent).sort()"
        page.wait(f"JSON.stringify({shown}) === {json.dumps(json.dumps(wanted, separators=(',', ':')))}")

    check("bell", "ghz", "scaleway", "held")
    page.choose("#filter-cloud", "kipu")
    check("bell", "ghz", "held")
    page.wait_for_text("Jobs (3 of 4)", "h2")
    page.choose("#filter-state", "completed")
    check("bell", "ghz")
    page.type("#filter-text", "GHZ")
    check("ghz")
    page.type("#filter-text", "nothing of that name")
    page.wait_for_text("No job matches.", "#job-list")
    page.type("#filter-text", "")
    page.choose("#filter-cloud", "All clouds")
    for state, names in (("held", ["held"]), ("not over", ["held"]), ("completed", ["bell", "ghz", "scaleway"])):
        page.choose("#filter-state", state)
        check(*names)


def test_the_keyboard_is_enough_and_updates_leave_focus_and_text(page: Page, server: str) -> None:
    hold_new_jobs(page)
    with connected("kipu", server) as client:
        job = submit(client)
        page.wait_for_text("PENDING", JOB)
        page.value("document.querySelector('#filter-state').focus()")
        page.press("Tab")
        page.press("Enter")
        page.wait("document.querySelector('.panel') !== null")
        assert page.value("document.activeElement.ariaExpanded") == "true"
        page.type(".panel .fail input", "typed by ha")
        # A new job comes above it, and every part of the page is updated.
        submit(client)
        page.wait("data.state.jobs.length === 2")
        page.send("Input.insertText", text="nd")
        assert page.value("document.activeElement.value") == "typed by hand"
        page.press("Enter")
        page.wait_for_text("FAILED", JOB)
        assert page.value("document.activeElement.ariaExpanded") == "true", "the field is gone"
        with pytest.raises(errors.JobFailedError, match="typed by hand"):
            job.result(timeout=30)


def test_a_paused_page_stays_as_it_is(page: Page, server: str) -> None:
    page.click("#pause", "Pause page")
    page.wait_for_text("Resume page", "#pause")
    with connected("kipu", server) as client:
        submit(client)
    page.value("tick()")
    assert "No jobs yet" in page.value("document.querySelector('#job-list').innerText")
    page.click("#pause", "Resume page")
    page.wait_for_text("COMPLETED", JOB)


# Faults

KINDS = {
    "Error status": {"status": 503},
    "Rate limit, then 429": {"rate_limit": [10, 60]},
    "Broken body": {"body": "truncated"},
    "Undocumented job status": {"unknown_status": True},
    "gRPC status": {"grpc_status": "UNAVAILABLE"},
    "Connection closed, request not handled": {"drop": "before"},
    "Connection closed, request handled": {"drop": "after"},
    "Connection closed, request handled late": {"handled_late": 5},
    "Slow response (for timeouts)": {"delay": 30},
    "New jobs stay queued": {"stuck": "queued"},
    "New jobs stay running": {"stuck": "running"},
    "Results of new jobs are late": {"late": 30},
    "New jobs are late in lists": {"list_lag": 30},
    "Clock jumps forward": {"clock": 3600},
}


def add_fault(page: Page, kind: str) -> None:
    page.choose("#fault-kind", kind)
    before = page.value("document.querySelectorAll('#fault-list .line').length")
    page.click("#fault-form button", "Add")
    page.wait(f"document.querySelectorAll('#fault-list .line').length === {before + 1}")


def test_each_kind_of_fault_can_be_added_and_removed(page: Page, control: httpx.Client) -> None:
    labels = page.value("[...document.querySelectorAll('#fault-kind option')].map((each) => each.label)")
    assert labels == list(KINDS)
    for kind in KINDS:
        add_fault(page, kind)
    faults = control.get("/faults").json()["faults"]
    defaults = {"operation": "*", "count": 1, "seen": 0, "fired": 0, "spent": False}
    assert faults == [{**defaults, **fault, "id": one["id"]} for fault, one in zip(KINDS.values(), faults, strict=True)]
    page.click("#fault-list button")
    page.wait(f"document.querySelectorAll('#fault-list .line').length === {len(KINDS) - 1}")
    page.click("#clear-faults")
    page.wait_for_text("No faults", "#fault-list")
    assert control.get("/faults").json() == {"faults": []}


def test_a_client_meets_the_faults_that_were_added(page: Page, server: str) -> None:
    page.choose("#fault-cloud", "kipu")
    page.choose("#fault-operation", "getBackends")
    page.choose("#fault-kind", "Error status")
    page.choose("#fault-fields [name=status]", "429 Too Many Requests")
    page.type("#fault-fields [name=message]", f"slow down {EVIL}")
    page.type("#fault-fields [name=retry_after]", "7")
    page.type("#fault-count", "2")
    page.click("#fault-form button", "Add")
    page.wait_for_text("kipu: getBackends", "#fault-list")
    with connected("kipu", server) as client:
        for _ in range(2):
            with pytest.raises(errors.RateLimitedError, match="slow down") as caught:
                list(client.devices())
            assert caught.value.retry_after == 7
        assert list(client.devices())
        page.wait_for_text("hit 2 of 3, spent", "#fault-list")
        page.click("#only-problems")
        page.wait("document.querySelectorAll('#request-list .line').length === 2")
        page.wait_for_text(" 429", "#request-list .fault")
        page.click("#only-problems")
        # A request leads to the form with its cloud and operation in it.
        job = submit(client)
        page.wait("document.querySelector('#request-list [aria-label*=createJob]') !== null")
        page.click("#request-list [aria-label*=createJob]")
        chosen = "['fault-cloud', 'fault-operation'].map((id) => document.getElementById(id).value).join()"
        assert page.value(chosen) == "kipu,createJob"
        page.choose("#fault-operation", "getJob")
        add_fault(page, "Connection closed, request not handled")
        # The field still says 2.
        for _ in range(2):
            with pytest.raises(errors.TransportError):
                job.refresh()
        assert str(job.refresh().status) == "completed"


def test_a_wrong_fault_says_what_is_wrong(page: Page, control: httpx.Client) -> None:
    page.choose("#fault-kind", "Slow response (for timeouts)")
    page.type("#fault-fields [name=delay]", "9999")
    page.click("#fault-form button", "Add")
    page.wait_for_text("delay: should be a number from 0 to 3600", "#message.bad")
    assert control.get("/faults").json() == {"faults": []}


def test_a_reset_takes_two_presses(page: Page, server: str, control: httpx.Client) -> None:
    with connected("kipu", server) as client:
        submit(client)
    page.click("#reset", "Reset emulator")
    page.wait_for_text("Press again", "#reset")
    assert len(control.get("/state").json()["jobs"]) == 1
    page.click("#reset", "Press again")
    page.wait_for_text("No jobs yet", "#job-list")
    assert control.get("/state").json()["jobs"] == []


def test_it_reports_an_emulator_that_stopped(page: Page) -> None:
    page.value("window.fetch = () => Promise.reject(new TypeError('gone')), null")
    page.wait_for_text("The emulator does not respond.", "#message.bad")


def test_pages_of_other_sites_change_nothing(browser: Chromium, server: str, control: httpx.Client) -> None:
    """Another port is another site. A browser sends its simple requests all the same."""
    with running() as other, browser.page(f"{other}/_control/health") as page:
        page.wait(f"location.href === '{other}/_control/health'")
        for kind in ("text/plain", "application/json"):
            for path, body in (("/faults", {"status": 503}), ("/clock", {"advance": 3600}), ("/reset", {})):
                options = {
                    "method": "POST",
                    "mode": "no-cors",
                    "body": json.dumps(body),
                    "headers": {"content-type": kind},
                }
                page.value(f"fetch('{server}/_control{path}', {json.dumps(options)}).then(() => 1, () => 0)")
                del options["mode"]
                reading = f"fetch('{server}/_control{path}', {json.dumps(options)}).then(() => 1, () => 0)"
                assert page.value(reading) == 0, "it cannot read the response either"
        assert page.value(f"fetch('{server}/_control/state').then(() => 1, () => 0)") == 0
    assert control.get("/faults").json() == {"faults": []}


# Layout

SCREENS = [
    *(("phone", 390, 844, False), ("phone-dark", 390, 844, True), ("small phone", 320, 640, False)),
    *(("tablet", 768, 1024, True), ("desktop", 1280, 800, False), ("desktop-dark", 1280, 800, True)),
]
PARTS = {"Jobs": "job-list", "Faults": "fault-list", "Time": "speeds", "Requests": "request-list", "More": "reset"}
SECTIONS = ["jobs", "requests", "time", "faults", "more"]
FINDINGS = """(() => {
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const name = (each) => (each.labels?.length ? each.labels[0].textContent : each.ariaLabel || each.textContent).trim();
  return {
    width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight,
    columns: new Set(visible("section").map((each) => each.offsetLeft)).size,
    parts: visible("section").map((each) => each.id),
    small: visible("button, nav a, input:not([type=checkbox]), select").filter((each) => each.offsetHeight < 40).length,
    nameless: visible("button, input, select").filter((each) => !name(each)).length,
    devices: visible("#device-list").length, paper: getComputedStyle(document.body).backgroundColor,
  };
})()"""


def test_it_fits_phones_and_desktops(browser: Chromium, server: str, control: httpx.Client) -> None:
    """With jobs of the four clouds and evil names; the pictures are below `build/page`, for people."""
    for cloud in SUBMITS:
        with connected(cloud, server) as client:
            for _ in range(3):
                submit(client, cloud)
    control.post("/faults", json={"operation": "getBackends", "status": 503, "message": EVIL})
    with connected("kipu", server) as client:
        submit(client, name=EVIL)
        with pytest.raises(errors.ServerError):
            list(client.devices())
    for name, width, height, dark in SCREENS:
        with browser.page(f"{server}/_control/", width=width, height=height, dark=dark) as page:
            page.wait("document.querySelector('#request-list .fault') !== null")
            page.value("scrollTo(0, 200)")
            for part, element in PARTS.items() if width < 700 else [("all", "reset")]:
                if width < 700:
                    page.click("nav a", part)
                page.wait(f"document.getElementById('{element}').checkVisibility()")
                assert width >= 700 or part == "Jobs" or page.value("scrollY") == 0
                findings = page.value(FINDINGS)
                # As wide as the screen: nothing has to be moved sideways to be read.
                assert findings["width"] == width, (name, part)
                assert findings["height"] <= 2.5 * height, (name, part)
                assert findings["columns"] == (1 if width < 700 else 2)
                assert findings["parts"] == ([part.lower()] if width < 700 else SECTIONS)
                assert (findings["small"], findings["nameless"], findings["devices"]) == (0, 0, 0), (name, part)
                assert findings["paper"] == ("rgb(16, 22, 29)" if dark else "rgb(246, 247, 249)")
                keep_picture(page.picture(), f"{name}-{part}", width, height)
            elements = [tag for tag, _ in read(page.value("document.documentElement.outerHTML")).elements]
            assert (elements.count("script"), "img" in elements) == (1, False)


def keep_picture(picture: bytes, name: str, width: int, height: int) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(picture)
    assert struct.unpack(">II", picture[16:24]) == (width, height)
    # A blank page compresses to almost nothing.
    assert len(picture) > 10_000
