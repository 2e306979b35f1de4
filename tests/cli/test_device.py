"""`anyqpu device`: one device whole, with its qubits drawn and its calibration in figures."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from anyqpu.model.device import Device
from anyqpu_cli.one_device import device_facts
from anyqpu_emulator.server import running
from tests.cli.shell import out, read, run


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def test_it_has_limits_a_drawing_and_figures(url: str) -> None:
    text = out("device", "kipu:iqm.qpu.garnet", "--emulator-url", url)
    lines = text.splitlines()
    assert lines[0] == "kipu:iqm.qpu.garnet"
    facts = dict(line.strip().split(maxsplit=1) for line in lines[1:12])
    assert (facts["name"], facts["qubits"], facts["shots"]) == ("IQM Garnet", "20", "1 to 20000")
    assert facts["kind"] == "qpu (superconducting)"
    assert facts["gates"] == "prx, cz"
    assert "20 qubits, 30 couplings" in lines
    assert "17───18───19" in text
    (row,) = (line.split() for line in lines if line.startswith("cz error"))
    median, least, most = map(float, row[3:6])
    assert row[2] == "30"
    assert 0 < least <= median <= most < 1


def test_octagons_are_drawn_where_the_terminal_is_wide_enough(url: str) -> None:
    wide = out("device", "rigetti:Aspen-M-3", "--emulator-url", url, COLUMNS="80")
    assert "107─100         117─110" in wide
    assert max(map(len, wide.partition("measured")[0].splitlines())) <= 80
    tight = out("device", "rigetti:Aspen-M-3", "--emulator-url", url, COLUMNS="50")
    assert "104: 7 103 105" in tight


def test_atoms_have_places_and_a_booking_has_rules(url: str) -> None:
    text = out("device", "scaleway:QPU-FRESNEL-100PQ", "--emulator-url", url)
    assert "61 places for atoms" in text
    assert "0   4  12  21  30  39  48  56  60" in text
    assert "at least 5 min, at most 6 h, not later than in 30 d, 3 a day, 10 a week" in text
    assert "measured" not in text
    assert "3000 EUR/h" in text


def test_a_device_of_which_little_is_known_has_less(url: str) -> None:
    text = out("device", "pasqal:EMU_FREE", "--emulator-url", url)
    assert "places" not in text
    assert "None" not in text
    assert text.startswith("pasqal:EMU_FREE\n  status      online (UP)\n")


def test_json_is_what_the_model_has(url: str) -> None:
    output = read("device", "rigetti:Aspen-9", "--emulator-url", url)
    assert [output["topology"]["nodes"][0], len(output["topology"]["nodes"])] == [0, output["num_qubits"]]
    assert [0, 1] in output["topology"]["edges"]
    sites = output["calibration"]["sites"]
    assert {"CZ", "MEASURE"} <= {site["operation"] for site in sites}
    assert all(site["nodes"] for site in sites)
    assert output["calibration"]["data"] is None
    assert output["native_gates"] == ["RX", "RZ", "I", "CZ", "CPHASE", "XY"]
    assert output["couplings"] == output["topology"]["edges"]
    rules = read("device", "scaleway:QPU-FRESNEL-100PQ", "--emulator-url", url)["booking_rules"]
    assert (rules["min_duration"], rules["max_per_day"]) == (300, 3)


def test_a_calibration_that_fails_is_a_note_and_the_device_is_shown(url: str) -> None:
    with running(speed="instant") as address:
        rule = {"cloud": "kipu", "operation": "getBackendCalibration", "status": 403}
        httpx.post(f"{address}/_control/faults", json={"faults": [rule]}).raise_for_status()
        done = run("device", "kipu:iqm.qpu.garnet", "--emulator-url", address)
    assert done.returncode == 0, done.stderr
    assert "20 qubits, 30 couplings" in done.stdout
    assert "measured" not in done.stdout
    assert done.stderr.startswith("anyqpu: no calibration: kipu getBackendCalibration")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kipu:iqm.qpu.garnit",), "Did you mean 'iqm.qpu.garnet'?"),
        (("scaleway:QPU-GARNETT",), "Did you mean 'QPU-GARNET-20PQ'?"),
        (("kipo:iqm.qpu.garnet",), "Did you mean 'kipu'?"),
        (("garnet",), "'garnet' is not PROVIDER:DEVICE"),
        ((), "missing argument 'PROVIDER:DEVICE'. Such as kipu:kipu.sim.qsim"),
    ],
)
def test_an_unknown_device_gets_a_suggestion(url: str, words: tuple[str, ...], said: str) -> None:
    done = run("device", *words, "--emulator-url", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_names_from_a_cloud_do_nothing_to_a_terminal() -> None:
    lines = device_facts(Device(id="a", provider="kipu", name="\x1b[2Jgone", description="two\nlines"))
    assert "  name        ?[2Jgone" in lines
    assert "  about       two?lines" in lines


def test_a_device_of_which_nothing_is_said_has_no_empty_lines() -> None:
    assert device_facts(Device(id="a", provider="kipu", name="a")) == [
        "  status      unknown", "  kind        unknown", "  formats     none that anyqpu knows",
    ]  # fmt: skip
