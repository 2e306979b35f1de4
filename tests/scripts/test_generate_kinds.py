"""A document with what documents of other services have: it is taken, and each loss is named."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from scripts.documents import load
from scripts.generate import main
from tests.scripts.small import DATA

KINDS = DATA / "kinds.yaml"
Module = Callable[[str], Any]
NOTES = """\
renamed: DELETE /jobs/{id}: its operationId list_jobs is another operation's too; it is now delete_jobs_id
renamed: GET /same: its operationId listPets is another operation's too; it is now get_same
normalized: schema Job.noted: `allOf` without the parts that only have description
normalized: schema Response: its class is ResponseModel
normalized: schema JobStatus: its class is JobStatus2
normalized: schema Self: its class is SelfModel
simplified: schema Mixed: any value, since its words are not all text or all integers
simplified: schema Prices: any value, since its words are not all text or all integers
simplified: schema Job.elsewhere: anything, since the document does not have people.yaml#/Person
simplified: schema Job.unlike: anything, since the parts of its `allOf` are not objects
normalized: schema NewJob: which of its fields go together is not checked
simplified: schema Problem.code: only as the last of its descriptions
simplified: schema Dog: fields of its alternatives are in `additional_properties`
simplified: schema Self: without a part of its `allOf`, since it is a part of itself
simplified: GET /jobs: query parameter tabs: text, written by the caller
simplified: GET /jobs: header parameter X-Ids: text, written by the caller
simplified: GET /jobs: cookie parameter crumb: given as the header Cookie, as `name=value`
simplified: GET /jobs: parameter 13: left out, since the document does not have #/components/parameters/Gone
simplified: GET /jobs: query parameter dry.run: left out: dry-run would be the same argument
normalized: GET /jobs: response 2XX: application/json is read, not text/csv
simplified: GET /jobs: response NEARLY: left out, since that is not a status
simplified: POST /jobs: body: several content types: application/json, not application/xml
ignored: POST /jobs: its callbacks: onDone
normalized: GET /jobs/{id}: path parameter id: never null, since it is in the path
normalized: DELETE /jobs/{id}: path parameter id: never null, since it is in the path
normalized: GET /jobs/{job.id}/log: the path parameter job.id, which it does not describe, is text
normalized: GET /jobs/{id}/picture: response 200: image/png is returned as bytes
normalized: PUT /jobs/{id}/picture: body: image/png is given as bytes
normalized: GET /pets: without the path parameter a, which is not in its path
normalized: GET /same: without the path parameter a, which is not in its path
dropped: GET /twice/{a}/{a}: a parameter is in its path twice
ignored: the document: its webhooks: jobDone
simplified: schema Json: a Json in it is anything, since it would be in itself
simplified: schema JsonType2: a Json in it is anything, since it would be in itself
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the client, and what was printed."""
    folder = tmp_path_factory.mktemp("kinds") / "oddcloud"
    printed = StringIO()
    with redirect_stdout(printed):
        assert main(["--spec", str(KINDS), "--out", str(folder), "--simplify", "--allow-drop", "--tolerant"]) == 0
    return folder, printed.getvalue()


@pytest.fixture(scope="module")
def odd(written: tuple[Path, str]) -> Iterator[Module]:
    """`odd("models")` imports that module of the client."""
    sys.path.insert(0, str(written[0].parent))
    yield lambda name: import_module(f"oddcloud.{name}")
    sys.path.remove(str(written[0].parent))
    for name in [name for name in sys.modules if name.split(".")[0] == "oddcloud"]:
        del sys.modules[name]


def test_each_change_is_named(written: tuple[Path, str]) -> None:
    """In the order of the document, on the terminal and in the client's folder."""
    folder, printed = written
    assert printed == f"{NOTES}{folder}: 11 operations, 1 dropped\n"
    assert load(folder / "manifest.json")["notes"] == NOTES.splitlines()


def test_without_permission_every_loss_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All are named at once, and nothing is written."""
    assert main(["--spec", str(KINDS), "--out", str(tmp_path / "oddcloud")]) == 1
    said = capsys.readouterr().err
    for note in NOTES.splitlines():
        kind, _, rest = note.partition(": ")
        place = rest.rpartition(f": {rest.split(': ', 2)[-1]}")[0] if kind == "simplified" else ""
        assert place in said
    assert "GET /twice/{a}/{a}: cannot be taken as it is (--allow-drop: a parameter is in its path twice)" in said
    assert "object at 0x" not in said
    assert list(tmp_path.iterdir()) == []


def test_every_module_can_be_imported(written: tuple[Path, str], odd: Module) -> None:
    names = [module.name for module in pkgutil.walk_packages([str(written[0])], "oddcloud.")]
    assert len(names) > 20
    for name in names:
        odd(name.removeprefix("oddcloud."))


def test_the_client_passes_strict_type_checks(written: tuple[Path, str]) -> None:
    """The modules that it runs on, too; and a model that is gone is an error in the code that uses it."""
    folder = written[0].parent
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict", "include": ["oddcloud"]}))
    pyright = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(folder)]
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental", "-p", "oddcloud"]
    (folder / "user.py").write_text("from oddcloud.models import Gone, Job\n\nprint(Gone, Job)\n")
    for command, text in (
        (pyright, "0 errors"),
        (mypy, "Success: no issues found"),
        ([*mypy[:-2], "user.py"], 'Module "oddcloud.models" has no attribute "Gone"'),
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert text in done.stdout, done.stdout + done.stderr
    assert "Found 1 error" in done.stdout


def examples() -> list[Any]:
    """Each example of a response or of a body, with the operation that it is of."""
    document = load(KINDS)
    return [
        pytest.param(
            operation["operationId"], example, part is operation.get("requestBody"), id=operation["operationId"]
        )
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for part in [operation.get("requestBody", {}), *operation["responses"].values()]
        for media in part.get("content", {}).values()
        for example in [
            *([media["example"]] if "example" in media else []),
            *(one["value"] for one in media.get("examples", {}).values()),
        ]
    ]


@pytest.mark.parametrize(("name", "example", "is_body"), examples())
def test_the_examples_are_read_and_written_as_they_are(odd: Module, name: str, example: Any, *, is_body: bool) -> None:
    operation = {one.id: one for one in odd("operations").OPERATIONS.values()}[name]
    module = odd(f"api.{operation.tag}.{operation.name}")
    if is_body:
        assert json.loads(module.build_request(body=example).content) == example
    else:
        read = module.parse_response(response(example))
        assert odd("_core").encode(read) == example


def response(body: Any, status: int = 200) -> SimpleNamespace:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return SimpleNamespace(status_code=status, headers={}, content=content)


# --- what is sent


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [
        ({"filter": {"name": "a b", "sizes": [1, 2]}}, "filter[name]=a b&filter[sizes][0]=1&filter[sizes][1]=2"),
        ({"range": {"start": 1, "end": 2}}, "start=1&end=2"),
        ({"box": {"name": "a"}}, 'box={"name":"a"}'),
        ({"words": ["a", "b"]}, "words=a|b"),
        ({"class": "x", "joined": "y"}, "class=x&joined=y"),
        ({"dry_run": True}, "dry-run=true"),
        ({"tabs": "a\tb"}, "tabs=a\tb"),
        ({}, ""),
    ],
    ids=str,
)
def test_query_parameters_of_each_style(odd: Module, arguments: dict[str, Any], sent: str) -> None:
    """As OpenAPI has them: deepObject, exploded objects, JSON, joined lists; keywords get an underscore."""
    names = {"filter": "filter_", "range": "range_", "class": "class_", "joined": "joined_"}
    build = odd("api.jobs.list_jobs").build_request
    request = build(**{names.get(name, name): value for name, value in arguments.items()})
    assert request.query == tuple(tuple(pair.split("=", 1)) for pair in sent.split("&") if pair)


def test_headers_of_each_kind(odd: Module) -> None:
    """A list is the caller's text, and a cookie is the header that it is sent in."""
    request = odd("api.jobs.list_jobs").build_request(x_since="2026-01-02T00:00:00Z", x_ids="a,b", cookie="crumb=1")
    assert request.headers == {"X-Since": "2026-01-02T00:00:00Z", "X-Ids": "a,b", "Cookie": "crumb=1"}


def test_parameters_of_one_name_in_path_query_and_header(odd: Module) -> None:
    request = odd("api.jobs.get_job").build_request("p", id_query="q", id_header="h")
    assert (request.path, request.query, request.headers) == ("/jobs/p", (("id", "q"),), {"id": "h"})
    assert odd("api.jobs.get_log").build_request("a/b").path == "/jobs/a%2Fb/log"


def test_a_form_with_objects(odd: Module) -> None:
    body = odd("models").ImportBody(text="a&b", filter_=odd("models").Filter(name="n", sizes=[1]))
    request = odd("api.default.import_").build_request(body=body)
    assert request.headers == {"Content-Type": "application/x-www-form-urlencoded"}
    assert parse_qsl(request.content.decode()) == [("text", "a&b"), ("filter[name]", "n"), ("filter[sizes][0]", "1")]


def test_a_form_with_files(odd: Module) -> None:
    """As RFC 7578 has it; Python's parser of messages reads it back."""
    from email.parser import BytesParser

    models = odd("models")
    picture = b"\x89PNG\r\n--\x00"
    body = models.SendPictureBody(picture=picture, title="Ü", places=[1, 2], filter_=models.Filter(name="n"))
    request = odd("api.jobs.send_picture").build_request("1", body=body)
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    parts = BytesParser().parsebytes(head + request.content).get_payload()
    assert isinstance(parts, list)
    read = [
        (part.get_param("name", header="content-disposition"), part.get_content_type(), part.get_payload(decode=True))
        for part in parts
    ]
    assert read == [
        ("picture", "application/octet-stream", picture),
        ("title", "text/plain", "Ü".encode()),
        ("places", "text/plain", b"1"),
        ("places", "text/plain", b"2"),
        ("filter", "application/json", b'{"name":"n"}'),
    ]
    with pytest.raises(ValueError, match="between the parts of a form"):
        odd("api.jobs.send_picture").build_request(
            "1", body={"title": request.headers["Content-Type"].partition("=")[2]}
        )


def test_bytes_keep_their_media_type(odd: Module) -> None:
    build = odd("api.jobs.put_picture").build_request
    request = build("1", body=b"\x89PNG")
    assert (request.content, request.headers) == (b"\x89PNG", {"Content-Type": "image/png"})
    with pytest.raises(ValueError, match="body: expected bytes, got a number"):
        build("1", body=1)


# --- what is read


def test_ranges_of_statuses_are_for_those_without_a_response_of_their_own(odd: Module) -> None:
    module = odd("api.jobs.list_jobs")
    assert module.parse_response(response({"data": []}, 206)).data == []
    assert module.OPERATION.success == tuple(range(200, 300))
    assert module.parse_error(response({"code": 1, "text": "t"}, 404)).text == "t"
    assert module.OPERATION.errors == (404,)


def test_a_default_response_is_the_success_where_there_is_no_other(odd: Module) -> None:
    assert odd("api.jobs.delete_jobs_id").parse_response(response({"id": "1"})).id == "1"


def test_text_bytes_and_anything(odd: Module) -> None:
    assert odd("api.jobs.get_log").parse_response(response("ü".encode())) == "ü"
    assert odd("api.jobs.get_picture").parse_response(response(b"\xff")) == b"\xff"
    assert odd("api.default.import_").parse_response(response([1, "a"])) == [1, "a"]


def test_fields_and_words_that_python_cannot_have_as_they_are(odd: Module) -> None:
    """Names that differ in signs only, words that differ in case or signs, and names of the models' own."""
    models = odd("models")
    job = models.Job.from_dict(
        {
            "id": "1",
            "+1": 2,
            "-1": 3,
            "date": "2026-01-02",
            "due": "2026-01-03",
            "additional_properties": "x",
            "list": [],
        }
    )
    assert (job.field_1, job.hyphen_minus_1, job.date_, job.due) == (2, 3, date(2026, 1, 2), date(2026, 1, 3))
    assert (job.additional_properties_, job.list_) == ("x", [])
    words = ["done", "Done", "too-long", "too.long"]
    assert [word.value for word in models.StatusType1] == words
    assert [models.Job(id="1", status=models.StatusType1(word)).to_dict()["status"] for word in words] == words


def test_a_class_of_the_name_of_an_import_has_another_one(odd: Module) -> None:
    models = odd("models")
    assert models.Job.from_dict({"id": "1", "response": {"any": "a"}}).response == models.ResponseModel(
        any_=models.JobStatus.A
    )


def test_values_that_are_in_themselves_are_anything(odd: Module) -> None:
    tree = odd("models").Tree.from_dict({"leaves": [{"leaves": []}]})
    assert tree.leaves[0].leaves == []


def test_a_tolerant_client_leaves_out_elements_without_a_required_field(odd: Module) -> None:
    """The others are read, and each that is left out is reported; a list of a model does the same."""
    seen: list[tuple[str, ...]] = []
    odd("_core").set_drift_callback(lambda *event: seen.append(event))
    page = odd("api.jobs.list_jobs").parse_response(
        response({"data": [{"id": "1"}, {"status": "done"}, "odd", {"id": "2"}]})
    )
    tree = odd("models").Tree.from_dict({"leaves": [{}, {"leaves": []}]})
    odd("_core").set_drift_callback(None)
    assert [job.id for job in page.data] == ["1", "2"]
    assert len(tree.leaves) == 1
    assert seen == [
        ("missing", "oddcloud.models.job", "the object lacks 'id'"),
        ("missing", "oddcloud.models.job", "an element is str"),
        ("missing", "oddcloud.models.tree", "the object lacks 'leaves'"),
    ]


def test_a_time_in_a_header_can_be_given_as_one(odd: Module) -> None:
    request = odd("api.jobs.list_jobs").build_request(x_since=datetime(2026, 1, 2, tzinfo=UTC))
    assert request.headers == {"X-Since": "2026-01-02T00:00:00Z"}
