"""What costs money is confirmed first: on a terminal, with --yes, or with --max-cost; on the emulator alike."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
import typer

from anyqpu.model.cost import estimate
from anyqpu.model.device import Device, DeviceKind
from anyqpu.model.money import Money, Pricing
from anyqpu_cli.costs import submit_facts
from anyqpu_cli.numbers import money
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, COMMAND, environment_of, on_a_terminal, read_within, within
from tests.support import forks

GARNET = "scaleway:QPU-GARNET-20PQ"
# 60 s at 4,500 EUR an hour are 75 EUR.
FACTS = "QPU-GARNET-20PQ costs 4500 EUR an hour; at least 75.00 EUR for this job (60 s of session)"
QUIL = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7, strict=False) as address:
        yield address


def effects(url: str) -> dict[str, dict[str, int]]:
    """The numbers of what was created, by cloud and kind."""
    counted: dict[str, dict[str, int]] = httpx.get(f"{url}/_control/state").json()["effects"]
    return counted


def active(url: str) -> list[str]:
    """The sessions of Scaleway that have not ended."""
    entries = read_within("sessions", "scaleway", "--emulator-url", url)
    return [entry["id"] for entry in entries if entry["status"] not in {"closed", "closing", "failed"}]


def submit(url: str, *more: object, device: str = GARNET, file: Path = BELL) -> tuple[int, str]:
    return within("submit", file, "--device", device, "--shots", 10, *more, "--emulator-url", url)


@pytest.mark.parametrize("options", [[], ["--wait"], ["--quiet"]])
def test_without_a_terminal_a_submit_to_priced_hardware_is_refused(url: str, options: list[str]) -> None:
    before = effects(url)
    assert submit(url, *options) == (
        2,
        f"anyqpu: {FACTS}; there is no terminal to confirm it. Confirm it with --yes, or set a limit with --max-cost\n",
    )
    assert effects(url) == before


def test_a_program_on_standard_input_leaves_no_terminal(url: str) -> None:
    words = ["submit", "-", "--device", GARNET, "--emulator-url", url]
    done = forks.run(words, folder="/", environment=environment_of(), timeout=120, text=BELL.read_text())
    assert done.returncode == 2
    assert "Confirm it with --yes" in done.stderr


@pytest.mark.parametrize("typed", ["n\n", "\n", "no\n", "nonsense\n"])
def test_anything_but_yes_submits_nothing(url: str, typed: str) -> None:
    before = effects(url)
    code, printed, shown = on_a_terminal("submit", BELL, "--device", GARNET, "--emulator-url", url, typed=typed)
    assert (code, printed) == (1, "")
    assert f"{FACTS}. Submit? [y/N]" in shown
    assert "Nothing was submitted." in shown
    assert effects(url) == before


def test_yes_submits_and_the_output_is_the_handle_alone(url: str) -> None:
    code, printed, shown = on_a_terminal(
        *("submit", BELL, "--device", GARNET, "--quiet", "--emulator-url", url), typed="y\n"
    )
    assert code == 0, shown
    assert re.fullmatch(r"anyqpu:scaleway:job:\S+\n", printed)


def test_ctrl_c_at_the_question_submits_nothing(url: str) -> None:
    before = effects(url)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "submit", str(BELL), "--device", GARNET, "--emulator-url", url],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment_of(),
    )
    os.close(theirs)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=240)
    os.close(ours)
    assert (process.returncode, printed) == (130, b"")
    assert effects(url) == before


@pytest.mark.parametrize("option", ["--yes", "-y"])
def test_a_script_says_yes(url: str, option: str) -> None:
    code, printed = submit(url, option, "--wait")
    assert code == 0, printed
    assert "Counts(" in printed


@pytest.mark.parametrize("limit", ["75 EUR", "75.00EUR", "100 eur"])
def test_a_limit_from_the_minimum_on_asks_nothing(url: str, limit: str) -> None:
    code, printed = submit(url, "--max-cost", limit)
    assert code == 0, printed


@pytest.mark.parametrize(
    ("device", "limit", "message"),
    [
        (GARNET, "74.99 EUR", "costs at least 75.00 EUR, more than --max-cost of 74.99 EUR. Raise --max-cost, or take"),
        (GARNET, "0 EUR", "more than --max-cost of 0 EUR"),
        (GARNET, "100 USD", "Give --max-cost in EUR; amounts are never converted"),
        ("kipu:ibm.qpu.fez", "1000 EUR", "is unknown, and --max-cost is 1000 EUR"),
        ("kipu:ibm.qpu.fez", "1000 EUR", "Leave --max-cost out to confirm it yourself"),
    ],
)
def test_what_costs_more_than_the_limit_is_refused(url: str, device: str, limit: str, message: str) -> None:
    before = effects(url)
    code, printed = submit(url, "--max-cost", limit, device=device)
    assert (code, printed.count("\n")) == (3, 1)
    assert message in printed
    assert effects(url) == before


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("10", "'10' is not an amount with its currency, such as '5.00 EUR'"),
        ("EUR", "'EUR' is not an amount"),
        ("ten EUR", "'ten EUR' is not an amount"),
        ("1.2.3 EUR", "is not an amount"),
        ("nan EUR", "is not an amount"),
        ("1e999 EUR", "is not an amount"),
        ("10 EURO", "is not an amount"),
        ("-1 EUR", "-1 EUR is less than 0"),
    ],
)
def test_a_limit_is_an_amount_with_a_currency(url: str, limit: str, message: str) -> None:
    code, printed = submit(url, "--max-cost", limit)
    assert (code, printed.count("\n")) == (2, 1)
    assert "invalid value for '--max-cost': " in printed
    assert message in printed


def test_amounts_are_exact() -> None:
    assert money("0.10 EUR") == Money(Decimal("0.10"), "EUR")
    assert money(" 5usd ") == Money(5, "USD")
    with pytest.raises(typer.BadParameter):
        money("0,10 EUR")


@pytest.mark.parametrize("device", ["kipu:ibm.qpu.fez", "rigetti:Aspen-9"])
def test_hardware_without_a_price_needs_confirmation_too(url: str, device: str, tmp_path: Path) -> None:
    file = BELL
    if device.startswith("rigetti"):
        file = tmp_path / "program.quil"
        file.write_text(QUIL)
    assert submit(url, device=device, file=file) == (
        2,
        f"anyqpu: price unknown for {device.partition(':')[2]}, which is hardware; there is no terminal to confirm it. "
        "Confirm it with --yes; --max-cost does not allow unknown prices\n",
    )
    assert submit(url, "--yes", device=device, file=file)[0] == 0


def test_a_priced_simulator_needs_confirmation_too() -> None:
    """60 s at 3 EUR an hour are 0.05 EUR."""
    pricing = Pricing(per_hour=Money(3, "EUR"))
    device = Device(id="x", provider="kipu", name="x", kind=DeviceKind.SIMULATOR, pricing=pricing)
    facts = submit_facts(device, estimate(pricing, idle=timedelta(seconds=60)), in_session=False)
    assert facts == "x costs 3 EUR an hour; at least 0.05 EUR for this job (60 s of session)"


@pytest.mark.parametrize("device", ["scaleway:EMU-AER-16C-128M", "kipu:kipu.sim.qsim"])
def test_a_free_simulator_needs_no_confirmation(url: str, device: str) -> None:
    code, printed = submit(url, device=device)
    assert code == 0, printed


def test_the_real_cloud_asks_alike(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With credentials and addresses as for the real cloud."""
    monkeypatch.setenv("SCW_SECRET_KEY", "11111111-1111-4111-8111-111111111111")
    monkeypatch.setenv("SCW_DEFAULT_PROJECT_ID", "22222222-2222-4222-8222-222222222222")
    monkeypatch.setenv("SCW_API_URL", f"{url}/scaleway")
    code, printed = within("submit", BELL, "--device", GARNET)
    assert code == 2
    assert FACTS in printed


def test_what_is_wrong_is_said_before_the_question(url: str, tmp_path: Path) -> None:
    code, printed = submit(url, device="kipu:iqm.qpu.garnet")
    assert code == 2
    assert "It takes iqm_json" in printed
    code, printed = submit(url, device="scaleway:QPU-GARNET-20P7")
    assert code == 2
    assert "Did you mean 'QPU-GARNET-20PQ'?" in printed


def test_a_job_in_a_session_names_the_session(url: str) -> None:
    session = read_within("submit", BELL, "--device", GARNET, "--yes", "--emulator-url", url)["session"]
    code, printed = submit(url, "--session", session)
    assert code == 2
    assert "costs 4500 EUR an hour, as long as the session is open; there is no terminal" in printed


@pytest.mark.parametrize(
    ("pricing", "facts"),
    [
        (None, "price unknown for x, which is hardware"),
        (Pricing(model="token"), "price unknown for x, which is hardware"),
        (Pricing(per_hour=Money(0, "EUR"), per_shot=Money(0, "EUR")), None),
        # 0.30 + 1000 x 0.01 USD
        (
            Pricing(per_circuit=Money("0.30", "USD"), per_shot=Money("0.01", "USD")),
            "x costs 0.30 USD a circuit and 0.01 USD a shot; at least 10.30 USD for this job",
        ),
        # 5 + 3600 / 60 EUR
        (
            Pricing(per_hour=Money(3600, "EUR"), per_circuit=Money(5, "EUR")),
            "x costs 3600 EUR an hour and 5 EUR a circuit; at least 65.00 EUR for this job (60 s of session)",
        ),
    ],
)
def test_facts_have_amount_unit_and_minimum(pricing: Pricing | None, facts: str | None) -> None:
    device = Device(id="x", provider="kipu", name="x", kind=DeviceKind.QPU, pricing=pricing)
    cost = estimate(pricing, shots=1000, idle=timedelta(seconds=60) if pricing and pricing.per_hour else None)
    assert submit_facts(device, cost, in_session=False) == facts


def test_a_dry_run_shows_the_minimum_and_asks_nothing(url: str) -> None:
    before = effects(url)
    code, printed = submit(url, "--dry-run")
    assert code == 0, printed
    lines = dict(line.split(maxsplit=1) for line in printed.splitlines()[1:6])
    assert lines["minimum"] == "75.00 EUR (60 s of session)"
    plan = read_within("submit", BELL, "--device", GARNET, "--dry-run", "--emulator-url", url)
    assert (Decimal(plan["cost"]["minimum"]["amount"]), plan["cost"]["minimum"]["currency"]) == (75, "EUR")
    code, printed = submit(url, "--dry-run", device="kipu:ibm.qpu.fez")
    assert "minimum  unknown" in printed
    code, printed = submit(url, "--dry-run", device="scaleway:EMU-AER-16C-128M")
    assert "minimum  free" in printed
    assert effects(url) == before


def test_a_reservation_is_confirmed_with_its_price(url: str) -> None:
    """Half an hour at Rigetti is 120 USD, as `find` says; an hour of Fresnel at Scaleway is 3,000 EUR."""
    where = ("--emulator-url", url)
    slot = read_within(
        "reservations", "find", "rigetti:Aspen-9", "--start", "in 2h", "--duration", "30m", "--limit", 1, *where
    )[0]
    assert slot["price"] == {"amount": "120.00", "currency": "USD"}
    book = ("reservations", "book", "rigetti:Aspen-9", "--start", slot["start"], "--duration", "30m", *where)
    before = effects(url)
    code, printed = within(*book)
    assert code == 2
    assert re.match(r"anyqpu: rigetti:Aspen-9 from \S+ \S+ \w+ \(in .*\) for 30 min costs 120.00 USD; there", printed)
    assert printed.endswith("Confirm it with --yes, or set a limit with --max-cost\n")
    fresnel = ("reservations", "book", "scaleway:QPU-FRESNEL-100PQ", "--start", "in 26h", "--duration", "1h", *where)
    code, printed = within(*fresnel)
    assert code == 2
    assert "for 1 h costs 3000 EUR; there is no terminal" in printed
    assert within(*fresnel, "--max-cost", "2999 EUR")[0] == 3
    assert effects(url) == before
    assert within(*fresnel, "--max-cost", "3000 EUR")[0] == 0
    assert within(*book, "-y")[0] == 0


# After a submit, nothing keeps billing.


def test_a_submit_that_waits_leaves_no_session(url: str) -> None:
    before = active(url)
    code, printed = submit(url, "--yes", "--wait")
    assert code == 0, printed
    assert active(url) == before


@pytest.mark.parametrize("words", [("job", "wait"), ("job", "result"), ("resume",)])
def test_another_process_that_sees_the_job_end_closes_its_session(url: str, words: tuple[str, ...]) -> None:
    before = active(url)
    handle = submit(url, "--yes", "--quiet")[1].strip()
    code, printed = within(*words, handle, "--emulator-url", url)
    assert code == 0, printed
    # A session that an earlier test has left may end meanwhile.
    assert set(active(url)) <= set(before)


def test_another_process_that_cancels_the_job_closes_its_session(url: str) -> None:
    before = active(url)
    with httpx.Client(base_url=f"{url}/_control") as http:
        http.post("/clock", json={"speed": "real"}).raise_for_status()
        http.post("/clock", json={"rate": 60}).raise_for_status()
        try:
            handle, other = (submit(url, "--yes", "--quiet")[1].strip() for _ in range(2))
            http.post("/clock", json={"rate": 0}).raise_for_status()
            sessions = [read_within("job", "show", job, "--emulator-url", url)["session"] for job in (handle, other)]
            assert len(set(sessions)) == 2
            for job, session in zip((handle, other), sessions, strict=True):
                assert session in active(url)
                assert within("job", "cancel", job, "--emulator-url", url)[0] == 0
                assert session not in active(url)
        finally:
            http.post("/clock", json={"rate": 1}).raise_for_status()
            http.post("/clock", json={"speed": "instant"}).raise_for_status()
    # Some may have ended by themselves, as the clock ran fast.
    assert set(active(url)) <= set(before)


def test_a_session_of_the_users_own_stays(url: str) -> None:
    body = json.dumps(
        {
            "project_id": "22222222-2222-4222-8222-222222222222",
            "platform_id": read_within("devices", "scaleway", "--emulator-url", url)[0]["id"],
        }
    )
    code, printed = within("api", "POST", "scaleway:/qaas/v1alpha1/sessions", "--data", body, "--emulator-url", url)
    assert code == 0, printed
    session = json.loads(printed)
    device = next(
        entry["target"]
        for entry in read_within("devices", "scaleway", "--emulator-url", url)
        if entry["id"] == session["platform_id"]
    )
    code, printed = submit(url, "--session", session["id"], "--yes", "--wait", device=device)
    assert code == 0, printed
    assert session["id"] in active(url)
    assert within("sessions", "close", f"scaleway:{session['id']}", "--emulator-url", url)[0] == 0
