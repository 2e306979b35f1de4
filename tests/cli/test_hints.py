"""Hints speak the language of the place: Python in Python, commands and options on the command line."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer.main

from anyqpu.core.registry import available_providers
from anyqpu.errors import AnyQPUError, Hint, ValidationError
from anyqpu_cli.app import app
from anyqpu_cli.words import error_text
from tests.cli.shell import ROOT, read, run

SOURCES = ("anyqpu", "anyqpu_pictures", "anyqpu_programs", "anyqpu_cli")
# A call, a keyword argument, an attribute of an object of ours, a method's name, a constant.
PYTHON = re.compile(
    r"\w\(|\b[a-z_]+=(?=$|[\s,.;{\['\"\dTFN])|\b(client|device|job|result|batch|application|models|value)\.[a-z]"
    r"|\b(close|get|cancel|drain|open)_\w+|\bresume_\w+|\b(None|True|False)\b|`async with`"
)
# Hints of functions that no command calls.
PYTHON_ONLY = (
    *("value.astimezone()", "datetime.now(", "client.job(id)", "resume(handle) returns a job", "encoding='utf-8'"),
    *("result.items", "Counts(dict(counts)", "resume_token", "Use it inside its `async with`", "Use it in its `async"),
    *("client.get_session(id)", "client.get_batch(id)", "refresh() the batch", "get_batch(id)", "jobs=[PasqalJob("),
    *("complete is deprecated", "cancel_jobs([", "workloads() has it", "endpoints() has it", "open_browser="),
    *("a slot that find_slots", "application.device_ids", "models.payload", "Give it to submit, with parameters="),
    # Objects of Qiskit and PennyLane are not files.
    *("construct_tape(qnode)", "anyio.to_thread.run_sync(job.result)", "circuit.measure_all()"),
    *("Omit ax=", "client.topology(device)", "get it from a client"),
    # Jobs are planned in Python.
    *("Fleet(", "Such as Money('50', 'EUR')", "Pricing(per_shot="),
    # Pulser's own functions, wherever they are called.
    *("sequence.build(", "to_abstract_repr()"),
)


def python_in(text: str) -> bool:
    """Whether a hint has Python in it; the values of options and of addresses are not ours."""
    return PYTHON.search(re.sub(r"--[a-z-]+ \S+|\w+:/\S+", "", text)) is not None


def literals(node: ast.AST) -> Iterator[str]:
    """The texts of an expression as the command line has them; "…" stands for a value."""
    match node:
        case ast.Call(func=ast.Name(id="Hint"), args=[_, command_line]):
            yield from literals(command_line)
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in values)
        case ast.Call(func=ast.Attribute(value=ast.Constant()), args=args):
            for argument in args:
                yield from literals(argument)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)
        case ast.Dict(values=values) | ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            for value in values:
                yield from literals(value)
        case ast.BinOp(left=left, right=right):
            yield from literals(left)
            yield from literals(right)
        case _:
            return


def hints_in(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions that become a hint: an argument, a variable, a key, or what a function of this name returns."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="hint" | "instead", value=value):
                yield value
            case ast.Assign(targets=targets, value=value):
                names = " ".join(map(ast.unparse, targets)).lower()
                if "hint" in names:
                    yield value
            case ast.AnnAssign(target=target, value=ast.expr() as value) if "hint" in ast.unparse(target).lower():
                yield value
            case ast.FunctionDef(name=name) if "hint" in name:
                yield from (part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "hint":
                        yield value
            case _:
                pass


@cache
def hints() -> list[tuple[str, str]]:
    texts: list[tuple[str, str]] = []
    for package in SOURCES:
        for file in sorted((ROOT / "src" / package).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            texts += [(str(file.relative_to(ROOT)), text) for hint in hints_in(tree) for text in literals(hint)]
    return texts


def test_the_walk_finds_the_hints() -> None:
    texts = [text for _, text in hints()]
    assert len(texts) > 200
    assert "`anyqpu devices …` lists them" in texts
    assert "Such as --shots 1000" in texts


def test_no_hint_has_python_on_the_command_line() -> None:
    wrong = [
        (file, text) for file, text in hints() if python_in(text) and not any(part in text for part in PYTHON_ONLY)
    ]
    assert wrong == []


def test_an_exception_from_the_rule_is_one_that_exists() -> None:
    assert [part for part in PYTHON_ONLY if not any(part in text for _, text in hints())] == []


@pytest.mark.parametrize(
    ("text", "is_python"),
    [
        ("client.devices() lists them", True),
        ("Give project_id= to connect", True),
        ("Such as shots=1000", True),
        ("parameters={'theta': 0.3}", True),
        ("end it with close_session", True),
        ("device.queue_depth says how long it is", True),
        ("or try it with emulator=True", True),
        ("`anyqpu devices kipu` lists them", False),
        ("Such as --option patch_values.theta=[0.3]", False),
        ("Such as kipu:/jobs?size=1", False),
        ("Check client_id and client_secret", False),
        ("pip install 'anyqpu[cli]'", False),
    ],
)
def test_python_is_recognised(text: str, is_python: bool) -> None:
    assert python_in(text) is is_python


def test_commands_and_options_in_hints_exist() -> None:
    top: Any = typer.main.get_command(app)

    def options(command: Any) -> set[str]:
        own = {name for parameter in command.params for name in parameter.opts}
        return own.union(*(options(inner) for inner in getattr(command, "commands", {}).values()))

    for file, text in hints():
        for line in re.findall(r"`anyqpu ([^`]+)`", text):
            command = top
            for word in line.split():
                if word not in getattr(command, "commands", {}):
                    break
                command = command.commands[word]
            assert command is not top or line.startswith("-"), (file, text)
        for option in re.findall(r"(?<![\w`-])--[a-z][a-z-]*", text):
            assert option in options(top), (file, text)


def test_a_hint_has_both_forms_wherever_the_error_goes() -> None:
    error = ValidationError("no", hint=Hint("client.devices() lists them", "`anyqpu devices` lists them"))
    for copied in (error, pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert str(copied) == "no. client.devices() lists them"
        assert error_text(copied) == "no. `anyqpu devices` lists them"
        assert type(copied.to_dict()["hint"]) is str
    assert error_text(ValidationError("no", hint=Hint("client.close()", ""))) == "no"
    assert error_text(AnyQPUError("no", hint="Wait")) == "no. Wait"
    assert error_text(AnyQPUError("no")) == "no"


def test_what_to_do_instead_names_commands() -> None:
    for entry in read("providers", "--emulator"):
        assert entry["instead"].keys() == available_providers()[entry["provider"]].current_capabilities().instead.keys()
        assert not [text for text in entry["instead"].values() if python_in(text)]


def test_a_project_that_is_missing_is_named_as_a_setting() -> None:
    done = run("jobs", "scaleway", SCW_SECRET_KEY="11111111-1111-4111-8111-111111111111")
    assert done.returncode == 2
    assert done.stderr == (
        "anyqpu: scaleway: Scaleway needs a project. Set SCW_DEFAULT_PROJECT_ID, or project_id in a profile\n"
    )


def test_a_value_in_a_hint_is_left_out() -> None:
    tree = ast.parse('raise E("x", hint=f"use {a[0]!r}(b=1) of client.jobs()")')
    [hint] = hints_in(tree)
    assert list(literals(hint)) == ["use …(b=1) of client.jobs()"]
