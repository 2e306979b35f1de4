"""Every command, against an emulator over a socket or in the process."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anyqpu_cli.app import app
from anyqpu_emulator.server import running
from tests.cli.shell import BELL, out, read, read_within, run, within

QSIM = "kipu:kipu.sim.qsim"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7, strict=False) as address:
        yield address


@pytest.fixture
def handle(url: str) -> str:
    return out("submit", BELL, "--device", QSIM, "--shots", 50, "--quiet", "--emulator-url", url).strip()


def short(job: dict[str, str]) -> str:
    """The handle of a job's JSON as commands print it to people: without key, account and address."""
    return job["handle"].partition("?")[0]


def test_anyqpu_alone_says_what_to_do_next() -> None:
    assert "anyqpu demo" in out()
    output = out(KQH_PERSONAL_ACCESS_TOKEN="x")
    assert "Credentials were found for kipu." in output
    assert "anyqpu config check" in output


@pytest.mark.parametrize("how", ["--emulator", "--emulator-url"])
def test_devices_of_all_clouds_are_one_table(url: str, how: str) -> None:
    output = read("devices", how, *([url] if how == "--emulator-url" else []))
    assert {entry["provider"] for entry in output} == {"scaleway", "kipu", "pasqal", "rigetti"}
    fresnel = next(entry for entry in output if entry["target"] == "scaleway:QPU-FRESNEL-100PQ")
    assert fresnel["pricing"]["per_hour"] == {"amount": "3000", "currency": "EUR"}
    qsim = next(entry for entry in output if entry["target"] == QSIM)
    assert (qsim["status"], qsim["num_qubits"], qsim["queue_depth"]) == ("online", 30, 0)


def test_the_table_has_status_qubits_queue_and_price(url: str) -> None:
    lines = out("devices", "--emulator-url", url).splitlines()
    assert lines[0].split() == ["DEVICE", "STATUS", "KIND", "QUBITS", "QUEUE", "PRICE", "NAME"]
    row = next(line for line in lines if line.startswith("scaleway:QPU-GARNET-20PQ"))
    assert row.split() == ["scaleway:QPU-GARNET-20PQ", "online", "qpu", "20", "-", "4500", "EUR/h", "QPU-GARNET-20PQ"]
    assert "\x1b" not in "".join(lines)


def test_fast_is_only_what_lists_say(url: str) -> None:
    assert {entry["status"] for entry in read("devices", "kipu", "--fast", "--emulator-url", url)} == {"unknown"}


def test_a_cloud_that_fails_is_a_line_and_not_the_end() -> None:
    with running(speed="instant", require_token="right") as url:
        done = run(
            "devices",
            KQH_PERSONAL_ACCESS_TOKEN="right",
            QHUB_QUANTUM_BASE_URL=f"{url}/kipu/quantum",
            SCW_SECRET_KEY="wrong",
            SCW_API_URL=f"{url}/scaleway",
        )
    assert done.returncode == 0
    assert QSIM in done.stdout
    assert [line[:18] for line in done.stderr.splitlines()] == ["anyqpu: scaleway L"]


def test_with_no_cloud_configured_the_exit_code_is_that_of_auth() -> None:
    for command in ("devices", "jobs", "sessions", "reservations"):
        done = run(command)
        assert (done.returncode, done.stdout) == (3, "")
        assert "no provider is configured" in done.stderr


def test_providers_says_who_has_credentials_and_what_each_can() -> None:
    entries = {entry["provider"]: entry for entry in read("providers", SCW_SECRET_KEY="s")}
    assert entries["scaleway"]["credentials"] == "environment variable SCW_SECRET_KEY"
    assert entries["kipu"]["credentials"] is None
    assert "find_slots" in entries["rigetti"]["capabilities"]
    assert "find_slots" in entries["kipu"]["instead"]
    assert "CREDENTIALS" in out("providers", "--emulator")


def test_submit_wait_prints_a_histogram_and_nothing_moves_off_a_terminal(url: str) -> None:
    done = run("submit", BELL, "--device", QSIM, "--shots", 100, "--wait", "--emulator-url", url)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Counts\(\{'\d\d': ", done.stdout)
    assert "█" in done.stdout
    assert re.fullmatch(r"anyqpu:kipu:job:[-0-9a-f]+  \w+\n", done.stderr)


@pytest.mark.parametrize("device", ["Ankaa-3", "Aspen-9"])
def test_the_native_example_is_a_bell_pair_on_rigetti_s_processors(url: str, device: str) -> None:
    """Over gRPC and over ZeroMQ; both have CZ between qubits 0 and 1."""
    bell = BELL.with_suffix(".quil")
    printed = out("submit", bell, "--device", f"rigetti:{device}", "--wait", "--yes", "--json", "--emulator-url", url)
    counts = json.loads(printed)["counts"][0]
    assert set(counts) == {"00", "11"}
    assert sum(counts.values()) == 1000


def test_quiet_leaves_the_handle_alone(handle: str) -> None:
    assert re.fullmatch(r"anyqpu:kipu:job:[-0-9a-f]+", handle)


def test_submit_takes_tags_and_a_session(url: str) -> None:
    body = json.dumps({"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"})
    made = json.loads(out("api", "POST", "kipu:/sessions", "--data", body, "--emulator-url", url))
    job = read(
        *("submit", BELL, "--device", "kipu:ibm.qpu.fez", "--yes", "--tag", "a", "--tag", "b"),
        *("--session", f"kipu:{made['id']}", "--name", "mine", "--emulator-url", url),
    )
    assert (job["name"], job["session"], job["tags"][:2]) == ("mine", made["id"], ["a", "b"])
    sessions = read("sessions", "kipu", "--emulator-url", url)
    assert made["id"] in [session["id"] for session in sessions]
    assert "SESSION" in out("sessions", "--emulator-url", url)


def test_a_submit_with_the_key_of_another_one_returns_its_job(url: str) -> None:
    words = ("submit", BELL, "--device", QSIM, "--shots", 10, "--key", "cli-test-7", "--emulator-url", url)
    first, second = read_within(*words), read_within(*words)
    assert first["id"] == second["id"]
    code, printed = within(*words[:-4], "--key", "short", "--emulator-url", url)
    assert code == 2
    assert "not 'short', which has 5 characters. Such as --key sweep-7.circuit-12" in printed


def test_a_job_goes_by_its_handle_its_json_or_provider_and_id(url: str, handle: str) -> None:
    id = handle.rsplit(":", 1)[1]
    for words in ([handle], [json.dumps({"provider": "kipu", "id": id})], ["kipu", id], [f"kipu:{id}"]):
        assert read("job", "show", *words, "--emulator-url", url)["id"] == id
    assert handle in out("job", "show", handle, "--emulator-url", url)


def test_a_job_is_waited_for_and_gives_its_result(url: str, handle: str) -> None:
    assert out("job", "wait", handle, "--emulator-url", url) == f"{handle}  completed\n"
    result = read("job", "result", handle, "--emulator-url", url)
    assert sum(result["counts"][0].values()) == 50
    item = result["items"][0]
    assert (item["kind"], item["success"], item["shots"], item["order"]) == ("counts", True, 50, "msb_left")
    again = run("resume", handle, "--emulator-url", url)
    assert again.returncode == 0
    assert "Counts(" in again.stdout
    assert handle in again.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["job", "show", "nonsense"], "invalid job handle"),
        (["job", "show", "anyqpu:kip:job:1"], "Did you mean 'kipu'?"),
        (["job", "show", "a", "b", "c"], "expected one job, not 3 words"),
        (["reservations", "cancel", "7"], "'7' is not PROVIDER:ID"),
        (["reservations", "cancel", "kipo:7"], "Did you mean 'kipu'?"),
        (["submit", BELL, "--device", "kipu:kipu.sim.qsim", "--session", "pasqal:7"], "the session belongs to pasqal"),
        (["job", "show", "kipu", "nosuch"], "`anyqpu jobs kipu` lists the jobs"),
        (["job", "cancel", "kipu", "nosuch"], "kipu getJob"),
        (["jobs", "kipu", "--status", "runing"], "Did you mean 'running'?"),
        (["jobs", "kipi"], "Did you mean 'kipu'?"),
        (["jobs", "rigetti"], "Rigetti has no list of jobs"),
        (["sessions", "rigetti"], "Rigetti has no sessions"),
        (["reservations", "kipu"], "Kipu has no reservations"),
        (["reservations", "find", "scaleway:QPU-GARNET-20PQ"], "Scaleway has no list of free times"),
        (["reservations", "find", "rigetti:Aspen-9", "--start", "soon"], "is not a valid time"),
        (["reservations", "find", "rigetti:Aspen-9", "--duration", "long"], "is not a valid duration"),
        (["reservations", "book", "rigetti:Aspen-9", "--start", "now"], "--duration and --end"),
        (["reservations", "book", "rigetti:Aspen-9", "--start", "in 2h", "--end", "now"], "is not later"),
        (["submit", BELL, "--device", "kipu:kipu.sim.qsimm", "--dry-run"], "Did you mean 'kipu.sim.qsim'?"),
        (["submit", BELL, "--device", "kipo:x"], "Did you mean 'kipu'?"),
        (["submit", BELL, "--device", "kipu.sim.qsim"], "Did you mean 'kipu:kipu.sim.qsim'?"),
        (["submit", BELL, "--device", "Aspen-9"], "Such as kipu:kipu.sim.qsim; providers are"),
        (["sesions"], "Did you mean 'sessions'?"),
        (["job", "shoow"], "Did you mean 'show'?"),
        (["devices", "--jsno"], "--json"),
        (["api", "GET", "/jobs"], "is not PROVIDER:PATH"),
        (["api", "GET", "kipu:/job"], "Did you mean '/jobs'?"),
        (["api", "PUT", "kipu:/jobs"], "It takes GET, POST"),
        (["api", "GET", "kipu:/jobs?siz=1"], "Did you mean 'size'?"),
        (["api", "POST", "kipu:/jobs"], "needs a body"),
        (["api", "GET", "kipu:/jobs", "--data", "{}"], "takes no body"),
        (["api", "POST", "kipu:/jobs", "--data", "{"], "is not JSON"),
        (["api", "POST", "kipu:/jobs", "--data", "@/no/such/file"], "cannot be read"),
        (["api", "GET", "kipu:/jobs/.."], "cannot stand in a path"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_exit_code_2(url: str, words: list[object], message: str) -> None:
    done = CliRunner().invoke(app, [*map(str, words), "--emulator-url", url])
    assert done.exit_code == 2, done.output
    assert message in done.output
    assert "Traceback" not in done.output
    # Older versions of click put both streams into one.
    assert done.stdout in {"", done.output}


def test_jobs_are_listed_newest_first_by_limit_and_status(url: str, handle: str) -> None:
    newest = read("jobs", "kipu", "--limit", 1, "--emulator-url", url)
    assert [short(entry) for entry in newest] == [handle]
    assert [entry["created_at"] for entry in read("jobs", "kipu", "--emulator-url", url)] == sorted(
        (entry["created_at"] for entry in read("jobs", "kipu", "--emulator-url", url)), reverse=True
    )
    assert read("jobs", "kipu", "--status", "failed", "--emulator-url", url) == []
    table = out("jobs", "--status", "completed", "--emulator-url", url)
    assert handle in table
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d \w+ \((now|\d+ \w+ ago)\)", table)


def test_watched_jobs_are_a_line_for_each_change(url: str, handle: str) -> None:
    done = out("jobs", "kipu", "--watch", "--every", 0.1, "--timeout", 1, "--json", "--emulator-url", url)
    lines = [json.loads(line) for line in done.splitlines()]
    assert handle in [short(line) for line in lines]
    assert len({(line["id"], line["status"]) for line in lines}) == len(lines)
    assert run("jobs", "--watch", "--every", 0, "--emulator-url", url).returncode == 2
    # What there is now is shown whatever the time; with when it was seen.
    (line,) = (
        line for line in out("jobs", "--watch", "--timeout", 0, "--emulator-url", url).splitlines() if handle in line
    )
    assert re.match(r"\d\d:\d\d:\d\d  anyqpu:kipu:job:\S+  completed  kipu.sim.qsim", line)


def test_dry_run_converts_prices_and_sends_nothing(url: str) -> None:
    before = len(read("jobs", "kipu", "--limit", 1000, "--emulator-url", url))
    plan = read("submit", BELL, "--device", "kipu:azure.ionq.simulator", "--dry-run", "--emulator-url", url)
    assert len(read("jobs", "kipu", "--limit", 1000, "--emulator-url", url)) == before
    assert plan["program"]["format"] == "ionq_json"
    assert plan["program"]["converted_from"] == "openqasm2"
    assert json.loads(plan["program"]["text"])["circuit"]
    assert (plan["queue_depth"], plan["cost"]["total"]) == (0, None)
    text = out("submit", BELL, "--device", "scaleway:QPU-GARNET-20PQ", "--dry-run", "--emulator-url", url)
    assert "Nothing was sent" in text
    assert "4500 EUR an hour" in text
    assert "minimum  75.00 EUR (60 s of session)" in text


X0 = (
    'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nbit d;\n'
    "x q[0];\nc = measure q;\nd = measure q[0];\n"
)
TURNED = X0.replace("qubit[2] q;", "input float[64] theta;\nqubit[2] q;").replace("x q[0]", "rx(theta) q[0]")


def test_several_programs_are_one_job_with_a_result_each(url: str, tmp_path: Path) -> None:
    """`c` is 01 and `d` is 1 after X; after a rotation by a whole turn both are 0."""
    one, other = tmp_path / "one.qasm", tmp_path / "other.qasm"
    one.write_text(X0)
    other.write_text(X0.replace("x q[0];", "x q[0];\nx q[0];"))
    there = ("--device", "kipu:ibm.qpu.fez", "--shots", 10, "--wait", "--yes", "--emulator-url", url)
    output = read("submit", one, other, *there)
    assert output["name"] == "one and 1 more"
    assert output["counts"] == [{"101": 10}, {"000": 10}]
    assert output["items"][0]["bit_labels"] == ["d[0]", "c[1]", "c[0]"]
    assert output["items"][0]["registers"] == {"c": {"01": 10}, "d": {"1": 10}}
    text = out("submit", one, other, *there)
    assert "circuit 0: Counts({'101': 10})" in text
    assert "circuit 1: Counts({'000': 10})" in text
    for words, message in (
        (("--device", QSIM), "kipu.sim.qsim takes one program in each job, not 2"),
        (("--device", QSIM, "--dry-run"), "--dry-run shows one program at a time"),
    ):
        done = run("submit", one, other, *words, "--emulator-url", url)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr


def test_a_parameter_is_given_on_the_command_line(url: str, tmp_path: Path) -> None:
    """A rotation about x by pi is X."""
    file = tmp_path / "turned.qasm"
    file.write_text(TURNED)
    there = ("--device", "kipu:ibm.qpu.fez", "--shots", 10, "--yes", "--emulator-url", url)
    output = read("submit", file, *there, "--parameter", "theta=3.141592653589793", "--wait")
    assert output["counts"] == [{"101": 10}]
    plan = read("submit", file, *there, "--parameter", "theta=0.5", "--dry-run")
    assert "input" not in plan["program"]["text"]
    for words, message in (
        ((), "theta"),
        (("--parameter", "theta"), "'theta' is not NAME=VALUE"),
        (("--parameter", "theta=1", "--parameter", "theta=2"), "'theta' is given twice"),
        (("--parameter", "theta=1", "--parameter", "phi=2"), "phi"),
    ):
        done = run("submit", file, *there, *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_time_is_found_booked_listed_and_given_back(url: str) -> None:
    slot = read(
        "reservations", "find", "rigetti:Aspen-9", "--start", "in 2h", "--duration", "30m", "--emulator-url", url
    )[0]
    assert (slot["duration"], slot["price"]) == (1800, {"amount": "120.00", "currency": "USD"})
    booked = read(
        *("reservations", "book", "rigetti:Aspen-9", "--start", slot["start"], "--duration", "30m"),
        *("--yes", "--emulator-url", url),
    )
    assert (booked["start"], booked["end"], booked["status"]) == (slot["start"], slot["end"], "confirmed")
    for words in (["reservations"], ["reservations", "rigetti"], ["reservations", "list", "rigetti"]):
        assert booked["id"] in [entry["id"] for entry in read(*words, "--emulator-url", url)]
    assert "(in 2 h" in out("reservations", "--emulator-url", url)
    back = read("reservations", "cancel", "rigetti", booked["id"], "--emulator-url", url)
    assert back["status"] == "cancelled"


def test_a_platform_of_scaleway_is_booked_and_given_back(url: str) -> None:
    device = "scaleway:QPU-FRESNEL-100PQ"
    booked = read("reservations", "book", device, "--start", "in 26h", "--duration", "1h", "-y", "--emulator-url", url)
    assert (booked["duration"], booked["provider"]) == (3600, "scaleway")
    assert booked["session"]
    # To people by the name that `--device` takes, not by the platform's identifier.
    assert "QPU-FRESNEL-100PQ" in out("sessions", "scaleway", "--emulator-url", url)
    back = read("reservations", "cancel", f"scaleway:{booked['id']}", "--emulator-url", url)
    assert back["id"] == booked["id"]
    assert back["status"] in {"cancelled", "cancelling"}


def test_booking_needs_confirmation(url: str) -> None:
    real = {"QCS_ACCESS_TOKEN": "emulator", "QCS_SETTINGS_APPLICATIONS_API_URL": f"{url}/rigetti"}
    before = read("reservations", "rigetti", **real)
    words = ("reservations", "book", "rigetti:Aspen-9", "--start", "2999-01-01T00:00Z", "--duration", "15m")
    done = run(*words, **real)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert read("reservations", "rigetti", **real) == before


def test_config_shows_origins_and_hides_secrets(tmp_path: Path) -> None:
    folder = tmp_path / "anyqpu"
    folder.mkdir()
    (folder / "config.toml").write_text('[profiles.work.kipu]\ntoken = "hush"\n')
    there = {"XDG_CONFIG_HOME": str(tmp_path)}
    (entry,) = read("config", "show", "kipu", "--profile", "work", **there)
    assert (entry["configured"], entry["profile"]) == (True, "work")
    assert entry["settings"]["token"]["value"] == "***"
    assert "config.toml" in entry["settings"]["token"]["origin"]
    assert "hush" not in out("config", "show", "--profile", "work", **there)
    (entry,) = read("config", "show", "kipu", **there)
    assert not entry["configured"]
    assert entry["files"]
    assert "KQH_PERSONAL_ACCESS_TOKEN" in entry["variables"]
    assert "KQH_PERSONAL_ACCESS_TOKEN" in out("config", "show", "kipu", **there)
    done = run("devices", "kipu", "--profile", "play", **there)
    assert done.returncode == 2
    assert "play" in done.stderr


def test_config_check_asks_each_cloud_that_has_credentials() -> None:
    with running(speed="instant", require_token="right") as url:
        real = {
            "KQH_PERSONAL_ACCESS_TOKEN": "right",
            "QHUB_QUANTUM_BASE_URL": f"{url}/kipu/quantum",
            "SCW_SECRET_KEY": "wrong",
            "SCW_API_URL": f"{url}/scaleway",
        }
        done = run("config", "check", "--json", **real)
        assert done.returncode == 3
        entries = {entry["provider"]: entry for entry in json.loads(done.stdout)}
        assert {name: item["ok"] for name, item in entries.items()} == {
            "scaleway": False, "kipu": True, "pasqal": None, "rigetti": None,
        }  # fmt: skip
        assert entries["kipu"]["settings"]["token"]["origin"] == "environment variable KQH_PERSONAL_ACCESS_TOKEN"
        assert "status 401" in entries["scaleway"]["problem"]
        assert run("config", "check", "kipu", **real).returncode == 0
    assert run("config", "check").returncode == 3
    assert {entry["ok"] for entry in read("config", "check", "--emulator")} == {True}


def test_api_calls_an_operation_by_method_and_path(url: str, handle: str, tmp_path: Path) -> None:
    id = handle.rsplit(":", 1)[1]
    assert json.loads(out("api", "get", f"kipu:/jobs/{id}", "--emulator-url", url))["id"] == id
    page = json.loads(out("api", "GET", "kipu:/jobs?size=1&sort=created_at,desc", "--emulator-url", url))
    assert len(page["content"]) == 1
    isa = "rigetti:/v1/quantumProcessors/Aspen-9/instructionSetArchitecture"
    assert json.loads(out("api", "GET", isa, "--emulator-url", url))["name"] == "Aspen-9"
    assert json.loads(out("api", "GET", "pasqal:/api/v1/projects", "--emulator"))["data"]
    body = tmp_path / "session.json"
    body.write_text(json.dumps({"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"}))
    assert json.loads(out("api", "POST", "kipu:/sessions", "--data", f"@{body}", "--emulator-url", url))["id"]


def test_a_terminal_that_knows_no_bars_gets_question_marks(url: str, handle: str) -> None:
    assert "?" in out("job", "result", handle, "--emulator-url", url, PYTHONIOENCODING="ascii")


def test_an_internal_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("anyqpu_cli.devices.describe_provider", broken)
    done = CliRunner().invoke(app, ["providers"])
    assert done.exit_code == 1
    assert done.output.startswith("anyqpu: internal error: KeyError: 'x'.")
    assert "Traceback" not in done.output


def test_a_traceback_is_there_for_those_who_ask(url: str) -> None:
    done = run("job", "show", "kipu", "nosuch", "--debug", "--emulator-url", url)
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("anyqpu: kipu getJob")


def test_the_in_process_emulator_says_that_the_job_ends_with_it() -> None:
    done = run("submit", BELL, "--device", QSIM, "--emulator")
    assert done.returncode == 0
    assert "--wait" in done.stderr
    assert run("submit", BELL, "--device", QSIM, "--emulator", "--quiet").stderr == ""
