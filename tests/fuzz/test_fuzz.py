"""The fuzzing finds what is planted, reaches every public method, and finds nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import os
import random
import subprocess
import sys
import textwrap
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu.core.registry import own_providers
from anyqpu.model.batch import Batch
from anyqpu.model.job import Job
from tests.fuzz import calls, edits, odd, packed, raw_calls
from tests.fuzz.corpus import CREDENTIALS
from tests.fuzz.edits import Edit

ROOT = Path(__file__).parents[2]
PROVIDERS = own_providers()
# Methods that make no request.
WITHOUT_REQUEST = {"aclose", "attach", "clear", "forget"}
# Methods of services that other public methods call: `device`, `submit`, `billing`.
# `native_programs` needs Qiskit, which is not there: tests/peers/drive_native.py.
INNER = {"native_programs", "text", "waiting_jobs", "upload", "upload_once", "is_lost", "user_id"}
# Methods whose requests are gRPC calls; the fuzzing changes HTTP responses. See tests/transport/test_grpc.py.
OVER_GRPC = {"rigetti": {"cancel_job", "resume_batch"}}
# Methods that every client has, and the capabilities without which they refuse to make a request.
NEEDED = {
    "calibration": "calibration",
    "delete_job": "delete",
    "find": "find",
    "find_many": "find",
    "find_slots": "find_slots",
    "reservation": "reservations",
    "reservations": "reservations",
    "reserve": "reservations",
    "cancel_reservation": "reservations",
    "wait_for_reservation": "reservations",
    "cancel_job": "cancel",
    "jobs": "job_listing",
    "drain_session": "drain",
    **dict.fromkeys(("session", "sessions", "open_session", "get_session"), "sessions"),
    **dict.fromkeys(("session_jobs", "close_session"), "sessions"),
}
# Methods of the client that are called through the job or batch that they are about.
THROUGH = {
    "refresh_job": "refresh",
    "cancel_job": "cancel",
    "wait_for_job": "result",
    "refresh_batch": "refresh",
    "wait_for_batch": "wait",
    "add_jobs": "add",
    "close_batch": "close",
    "cancel_batch": "cancel",
}


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own: the fuzzing sets limits and an event loop for the whole of it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, *(["-c", code] if code else ["-m", "tests.fuzz"]), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.timeout(600)
def test_a_few_thousand_odd_inputs_end_in_values_or_errors_of_the_tree() -> None:
    # Always the same cases: `make fuzz` draws new ones, a hundred times as many.
    done = python("", "--quick", "--seed", "422160")
    assert done.returncode == 0, f"repeat it with: python -m tests.fuzz --quick --seed 422160\n{done.stdout}"
    assert "0 kinds of failure" in done.stdout


PLANT = """
import itertools
import sys
from anyqpu.providers.kipu import KipuClient
from tests.fuzz.worker import Unit, run_unit

run_unit(Unit("responses", "kipu", 1, "x"))  # records, with the client as it is
right = KipuClient.job_input

def plant(line):
    number = itertools.count()

    async def wrong(self, job):
        found = await right(self, job)
        return eval(line, {}, {'found': found, 'number': number, 'self': self})

    KipuClient.job_input = wrong
    outcome = run_unit(Unit("responses", "kipu", 40, "1", "job_input"))
    return [(finding.kind, finding.place) for finding in outcome.findings]

for line in sys.argv[1:]:
    print(plant(line))
"""
# An expression in place of what `job_input` returns, and what is found: most responses still hold an object.
PLANTED = {
    "nothing": ("found", None),
    "a raw exception": ("found['qasm']", "KeyError"),
    "a hang": ("[None for _ in iter(int, 1)] if next(number) == 5 else found", "hang"),
    "memory": ("len(b'x' * (300 << 20)) if next(number) == 5 else found", "memory"),
    "a credential in a value": ("self.settings['token'].value", "unsafe"),
    "a value that cannot be pickled": ("lambda: found", "PicklingError"),
    "something printed": ("print('found', found)", "printed"),
}


@pytest.mark.timeout(300)
def test_what_is_planted_is_found() -> None:
    done = python(PLANT, *(line for line, _ in PLANTED.values()))
    kinds_of_lines = [{kind for kind, _ in ast.literal_eval(line)} for line in done.stdout.splitlines()]
    expected = [set() if kind is None else {kind} for _, kind in PLANTED.values()]
    assert all(kind <= kinds for kind, kinds in zip(expected, kinds_of_lines, strict=True)), done.stdout + done.stderr
    assert kinds_of_lines[0] == set()


@pytest.mark.timeout(300)
def test_a_finding_can_be_repeated_from_the_command_line() -> None:
    case = ["responses", "kipu", "job", [[0, ["id"], "set", "null"]]]
    done = python("", "--repeat", json.dumps(case))
    assert (done.returncode, done.stdout.strip()) == (0, "nothing wrong: the case ends as promised"), done.stderr


def methods_called(provider: str) -> set[str]:
    """Names of attributes that are called in a cloud's module of calls, and in its calls that other clouds share."""
    module = import_module(f"tests.fuzz.calls.{provider}")
    shared = [run for run in calls.calls_of(provider)[0].runs.values() if run.__module__ != module.__name__]
    trees = [ast.parse(textwrap.dedent(inspect.getsource(source))) for source in (module, *shared)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def public_methods(provider: str) -> list[set[str]]:
    """Return the names of each method that may make a request, of the client and of its services.

    A method of a service may have a second name in the client. What a cloud lacks is left out.
    """
    client = anyqpu.connect(provider, base_url="http://127.0.0.1:9", **CREDENTIALS[provider])
    lacking = {name for name, capability in NEEDED.items() if not getattr(client.capabilities, capability)}
    owners: dict[str, object] = {"": client}
    for name, member in vars(client).items():
        if not name.startswith("_") and type(member).__module__.startswith("anyqpu.providers."):
            owners[name] = member
    names: dict[object, set[str]] = {}
    for service, owner in owners.items():
        for name, member in inspect.getmembers(owner, inspect.ismethod):
            # `job` and the like; what a job does is called on the job.
            if name.startswith("_") or name.endswith("_of_job") or name in WITHOUT_REQUEST | INNER | lacking:
                continue
            # Calling a service lists what it has.
            names.setdefault((member.__func__, id(member.__self__)), set()).add(service if name == "list" else name)
    return list(names.values())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_public_method_of_each_client_is_called(provider: str) -> None:
    called = methods_called(provider)
    missed = [
        names
        for names in public_methods(provider)
        if called.isdisjoint(names | {THROUGH[name] for name in names & THROUGH.keys()})
    ]
    assert [names for names in missed if not names <= OVER_GRPC.get(provider, set())] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_operation_is_called_with_a_response_from_its_schema(provider: str) -> None:
    registry = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    assert {name for name, _, _ in raw_calls.calls_of(provider)} == {f"raw.{name}" for name in registry}


@pytest.mark.parametrize("kind", [Job, Batch])
def test_every_method_of_a_job_and_a_batch_is_called(kind: type[Any]) -> None:
    called = set().union(*(methods_called(name) for name in PROVIDERS))
    methods = {name for name, _ in inspect.getmembers(kind, inspect.iscoroutinefunction) if not name.startswith("_")}
    # Wrappers of methods of the client that are called themselves.
    assert methods - called <= {"cancel_jobs", "rebatch", "set_tags", "results", "listed"}


def test_edits_change_one_place() -> None:
    body = b'{"jobs": [{"id": "a", "shots": 20}], "total": 1}'
    places = edits.places_of(body)
    assert set(places) == {(), ("jobs",), ("jobs", 0), ("jobs", 0, "id"), ("jobs", 0, "shots"), ("total",)}
    one = edits.edited(body, [Edit(0, ("jobs", 0, "shots"), "set", "unix seconds")])
    assert json.loads(one) == {"jobs": [{"id": "a", "shots": 1_764_000_000}], "total": 1}
    assert json.loads(edits.edited(body, [Edit(0, ("jobs",), "delete")])) == {"total": 1}
    # JSON of which Python's writer knows nothing: a number that no double can hold.
    assert b'"total": 1e400' in edits.edited(body, [Edit(0, ("total",), "set", "1e400")])
    # An edit that does not fit any more changes nothing.
    assert edits.edited(body, [Edit(0, ("nothing", 3, "here"), "set", "null")]) == edits.text_of(json.loads(body))


def test_edits_reach_what_texts_hold() -> None:
    body = json.dumps({"result": json.dumps({"counts": {"00": 5}})}).encode()
    place = ("result", "#json", "counts", "00")
    assert place in edits.places_of(body)
    changed = json.loads(edits.edited(body, [Edit(0, place, "set", "-1")]))
    assert json.loads(changed["result"]) == {"counts": {"00": -1}}


def test_edits_reach_into_base64_zlib_and_arrays() -> None:
    # As IBM's runtime writes an array: npy, compressed with zlib, in base64.
    array = packed.OPENERS["#npy"].close({"header": "{'shape': (2,)}\n", "data": "\x01\x02"})
    text = packed.OPENERS["#base64"].close(packed.OPENERS["#zlib"].close(array))
    body = json.dumps({"array": text}).encode()
    place = ("array", "#base64", "#zlib", "#npy", "header")
    assert place in edits.places_of(body)
    changed = json.loads(edits.edited(body, [Edit(0, place, "set", "x")]))["array"]
    inner = packed.OPENERS["#zlib"].open(packed.OPENERS["#base64"].open(changed))
    assert packed.OPENERS["#npy"].open(inner) == {"header": "x", "data": "\x01\x02"}


def test_a_chosen_edit_comes_back_from_json() -> None:
    chance = random.Random(1)
    for _ in range(500):
        edit = edits.choose(chance, 3, [(), ("a",), ("a", 0)])
        assert Edit.from_json(json.loads(json.dumps(edit.to_json()))) == edit
        assert edit.value is None or edit.value in {**odd.ODD, **odd.BODIES}


def test_calls_have_names_of_their_own() -> None:
    for provider in PROVIDERS:
        by_name, _ = calls.calls_of(provider)
        assert by_name.provider == provider
        assert len(by_name.runs) > 20
