"""Corrections to API documents are applied strictly: whatever does not do what it says is an error."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml

from scripts.documents import parse_yaml, to_yaml
from scripts.overlay import OverlayError, apply_action, apply_overlay

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "paths": {
        "/jobs": {
            "get": {"operationId": "listJobs", "tags": ["Jobs"], "parameters": [{"name": "page", "in": "query"}]},
            "post": {"operationId": "createJob", "deprecated": False},
        },
        "/jobs/{id}": {"get": {"operationId": "getJob"}},
    },
    "components": {
        "schemas": {
            "Job": {"type": "object", "required": ["id", "name", "status", "owner"], "nullable": True},
            "Gate": {"type": "object", "nullable": True},
        }
    },
}


def action(target: str, **fields: Any) -> dict[str, Any]:
    return {"target": target, "description": "Because.", "x-evidence": "Seen.", **fields}


def corrected(*actions: dict[str, Any]) -> dict[str, Any]:
    return apply_overlay(DOCUMENT, {"overlay": "1.0.0", "info": {}, "actions": list(actions)})


# --- what an action does


def test_update_merges_objects_at_every_depth() -> None:
    """Only the keys that the update names change; what is beside them stays."""
    changed = corrected(action("$.paths['/jobs']", update={"get": {"summary": "All jobs", "operationId": "jobs"}}))
    get = changed["paths"]["/jobs"]["get"]
    assert get == {**DOCUMENT["paths"]["/jobs"]["get"], "summary": "All jobs", "operationId": "jobs"}
    assert changed["paths"]["/jobs"]["post"] == DOCUMENT["paths"]["/jobs"]["post"]


def test_update_adds_a_new_object_whole() -> None:
    """A key that was not there comes with everything below it."""
    schema = {"type": "object", "properties": {"units": {"type": "integer"}}}
    changed = corrected(action("$.components.schemas", update={"Money": schema}))
    assert changed["components"]["schemas"] == {**DOCUMENT["components"]["schemas"], "Money": schema}


def test_update_appends_to_an_array_that_is_its_target() -> None:
    """One element, or a list of them, goes to the end."""
    target = "$.paths['/jobs'].get.parameters"
    size = {"name": "size", "in": "query"}
    assert corrected(action(target, update=size))["paths"]["/jobs"]["get"]["parameters"][1:] == [size]
    assert corrected(action(target, update=[size, size]))["paths"]["/jobs"]["get"]["parameters"][1:] == [size, size]


def test_update_appends_to_an_array_below_its_target() -> None:
    """The same rule holds for arrays that are met while merging."""
    assert corrected(action("$.paths['/jobs'].get", update={"tags": ["All"]}))["paths"]["/jobs"]["get"]["tags"] == [
        "Jobs",
        "All",
    ]


@pytest.mark.parametrize(
    "value", [True, None, 2, "text", {"new": 1}, ["new"]], ids=lambda value: json.dumps(value).strip('{"[]}')
)
def test_update_replaces_whatever_is_neither_object_nor_array(value: Any) -> None:
    """Text, numbers, booleans and null give way to whatever the update says."""
    changed = corrected(action("$.paths['/jobs'].post", update={"deprecated": value}))
    assert changed["paths"]["/jobs"]["post"]["deprecated"] == value


def test_update_replaces_an_object_by_a_word() -> None:
    """An object is merged with objects only."""
    assert corrected(action("$.info", update="gone"))["info"] == "gone"


def test_update_of_the_whole_document_merges_into_it() -> None:
    """`$` is a target like any other."""
    changed = corrected(action("$", update={"info": {"version": "2"}}))
    assert changed == {**DOCUMENT, "info": {"title": "Small", "version": "2"}}


def test_one_action_may_correct_many_places() -> None:
    """All matches of a JSONPath are corrected, and each must change."""
    changed = corrected(action("$.paths[*][?@.operationId]", update={"x-seen": True}))
    markers = [operation["x-seen"] for item in changed["paths"].values() for operation in item.values()]
    assert markers == [True, True, True]


def test_actions_build_on_each_other() -> None:
    """An action sees what the ones before it have made."""
    changed = corrected(
        action("$.components.schemas", update={"Money": {"type": "string"}}),
        action("$.components.schemas.Money.type", update="number"),
    )
    assert changed["components"]["schemas"]["Money"] == {"type": "number"}


def test_remove_deletes_every_match() -> None:
    """A keyword disappears wherever it is, and nothing else does."""
    changed = corrected(action("$..nullable", remove=True))
    assert "nullable" not in json.dumps(changed)
    assert changed["components"]["schemas"]["Gate"] == {"type": "object"}


@pytest.mark.parametrize(
    ("selector", "left"),
    [
        ("1", ["id", "status", "owner"]),
        ("0, 2", ["name", "owner"]),
        ("1, 2, 3", ["id"]),
        ("?@ == 'name' || @ == 'owner'", ["id", "status"]),
        # The order in which a path names its matches is its author's affair.
        ("2, 0", ["name", "owner"]),
        ("-1, 0", ["name", "status"]),
        # Named twice is removed once.
        ("1, 1", ["id", "status", "owner"]),
    ],
)
def test_remove_takes_the_elements_that_were_meant_out_of_an_array(selector: str, left: list[str]) -> None:
    """Removing one element moves those behind it, and yet the right ones go."""
    changed = corrected(action(f"$.components.schemas.Job.required[{selector}]", remove=True))
    assert changed["components"]["schemas"]["Job"]["required"] == left


def test_the_given_document_and_overlay_stay_as_they_were() -> None:
    """The result is a copy: neither input changes, and the result shares nothing with the overlay."""
    before = copy.deepcopy(DOCUMENT)
    actions = [
        action("$.info", update={"contact": {"name": "Ann"}}),
        action("$.info.contact", update={"email": "ann@example.org"}),
        action("$..nullable", remove=True),
        action("$.paths['/jobs'].get.tags", update=["More"]),
    ]
    original = copy.deepcopy(actions)
    changed = corrected(*actions)
    assert before == DOCUMENT
    assert actions == original
    assert changed["info"]["contact"] == {"name": "Ann", "email": "ann@example.org"}


def test_the_copy_is_deep_even_where_several_places_get_the_same_update() -> None:
    """A later action at one of the places changes neither the others nor the overlay itself."""
    both = action("$.components.schemas[*]", update={"xml": {"name": "both", "prefix": "p"}, "x-list": [{"a": 1}]})
    changed = corrected(
        both,
        action("$.components.schemas.Job.xml", update={"name": "job"}),
        action("$.components.schemas.Job.xml.prefix", remove=True),
        action("$.components.schemas.Job['x-list'][0].a", remove=True),
    )
    job, gate = changed["components"]["schemas"].values()
    assert (job["xml"], job["x-list"]) == ({"name": "job"}, [{}])
    assert (gate["xml"], gate["x-list"]) == ({"name": "both", "prefix": "p"}, [{"a": 1}])
    assert both["update"] == {"xml": {"name": "both", "prefix": "p"}, "x-list": [{"a": 1}]}


def test_an_update_may_match_an_object_and_what_is_inside_it() -> None:
    """With `$..`, one match may hold another; each is corrected once, and neither correction is lost."""
    document = {"a": {"type": "object", "inner": {"type": "object"}}}
    apply_action(document, action("$..[?@.type == 'object']", update={"seen": {"times": 1}}))
    assert document == {
        "a": {"type": "object", "seen": {"times": 1}, "inner": {"type": "object", "seen": {"times": 1}}}
    }


def test_remove_may_match_an_object_and_what_is_inside_it() -> None:
    """The same for what is removed."""
    document = {"a": {"x": {"x": 1}, "list": [{"x": 1}, {"x": 2}]}}
    apply_action(document, action("$..x", remove=True))
    assert document == {"a": {"list": [{}, {}]}}


# --- what an action may not do


def test_an_action_that_matches_nothing_is_an_error() -> None:
    """The message names the action and asks whether the document has been repaired."""
    with pytest.raises(OverlayError, match=r"action 2 \(\$\.info\.licence\) matches nothing: has the document been"):
        corrected(action("$.info", update={"version": "2"}), action("$.info.licence", remove=True))


@pytest.mark.parametrize(
    ("target", "update"),
    [("$.info", {"version": "1"}), ("$.info.title", "Small"), ("$.paths['/jobs'].get.tags", []), ("$.info", {})],
)
def test_an_update_that_changes_nothing_is_an_error(target: str, update: Any) -> None:
    """What the document says already needs no action."""
    with pytest.raises(OverlayError, match=r"changes nothing at .*: the document already says so"):
        corrected(action(target, update=update))


def test_an_update_must_change_each_of_its_matches() -> None:
    """One place that is already right makes the action wrong; the message names the place."""
    with pytest.raises(OverlayError, match=r"changes nothing at \$\['components'\]\['schemas'\]\['Gate'\]"):
        corrected(
            action("$.components.schemas.Gate", update={"title": "Gate"}),
            action("$.components.schemas[*]", update={"title": "Gate"}),
        )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"remove": True, "upadte": {}}, "unknown fields: upadte"),
        ({"update": {"a": 1}, "copy": "$.info"}, "unknown fields: copy"),
        ({}, "needs exactly one of update and remove"),
        ({"remove": False}, "needs exactly one of update and remove"),
        ({"update": {"a": 1}, "remove": True}, "needs exactly one of update and remove"),
        ({"update": {"a": 1}, "target": ""}, "needs a target"),
        ({"update": {"a": 1}, "description": ""}, "needs description"),
        ({"update": {"a": 1}, "x-evidence": None}, "needs x-evidence"),
    ],
)
def test_a_malformed_action_is_an_error(wrong: dict[str, Any], message: str) -> None:
    """Misspelt fields, both or none of update and remove, and missing reasons are refused before anything changes."""
    with pytest.raises(OverlayError, match=message):
        corrected({**action("$.info"), **wrong})


@pytest.mark.parametrize("field", ["target", "description", "x-evidence"])
def test_a_missing_field_is_an_error(field: str) -> None:
    """Target, reason and evidence have no default."""
    incomplete = action("$.info", update={"version": "2"})
    del incomplete[field]
    with pytest.raises(OverlayError, match=f"needs (a )?{field}"):
        corrected(incomplete)


def test_own_extensions_are_allowed() -> None:
    """`x-` fields are for people; they do nothing."""
    assert corrected(action("$.info", update={"version": "2"}, **{"x-reported": "2025"}))["info"]["version"] == "2"


def test_the_whole_document_cannot_be_removed() -> None:
    with pytest.raises(OverlayError, match="would remove the whole document"):
        corrected(action("$", remove=True))


@pytest.mark.parametrize("head", [{}, {"overlay": "2.0.0"}, {"overlay": 1.0}])
def test_only_overlay_1_0_0_is_understood(head: dict[str, Any]) -> None:
    """Another version may have other rules."""
    with pytest.raises(OverlayError, match=r"not an Overlay 1\.0\.0 document"):
        apply_overlay(DOCUMENT, {**head, "actions": []})


def test_an_overlay_without_actions_gives_a_copy() -> None:
    result = apply_overlay(DOCUMENT, {"overlay": "1.0.0", "actions": None})
    assert result == DOCUMENT
    assert result is not DOCUMENT
    assert result["info"] is not DOCUMENT["info"]


def test_one_action_can_be_tried_by_hand() -> None:
    """`apply_action` changes the document in place, which is handy while writing an overlay."""
    document = copy.deepcopy(DOCUMENT)
    apply_action(document, action("$.info.title", update="Tried"))
    assert document["info"]["title"] == "Tried"


# --- how overlays and documents are read


def test_yaml_words_stay_words() -> None:
    """Documents are YAML 1.2: `on`, `off`, `yes`, `no` and `y` are text, and so are dates and versions."""
    text = "words: [on, off, yes, no, y, n]\nversion: 2020-07-31\nat: 2019-08-24T14:15:22Z\nmodes: {on: 1}\n"
    assert parse_yaml(text) == {
        "words": ["on", "off", "yes", "no", "y", "n"],
        "version": "2020-07-31",
        "at": "2019-08-24T14:15:22Z",
        "modes": {"on": 1},
    }


def test_yaml_values_are_still_values() -> None:
    """Booleans, numbers and null are what JSON would make of them."""
    assert parse_yaml("[true, false, null, 12, 1.5, '12', ~]") == [True, False, None, 12, 1.5, "12", None]


def test_a_key_that_comes_twice_is_an_error() -> None:
    """In an overlay, the second would silently win."""
    with pytest.raises(Exception, match="duplicate key"):
        parse_yaml("update: {a: 1}\nupdate: {a: 2}\n")


def test_written_yaml_is_read_back_the_same() -> None:
    """Restored documents are written so that YAML 1.1 readers, which most tools have, get the same values."""
    document = {"words": ["on", "no", "2020-07-31", "1e3", "12:30"], "text": "two\nlines\n", "none": None}
    assert parse_yaml(to_yaml(document)) == document
    assert yaml.safe_load(to_yaml(document)) == document
