"""The arguments of a submit in JSON types, to be kept in a file and used later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from inspect import signature
from typing import TYPE_CHECKING, Any, cast

from anyqpu.core.arguments import is_text, shown, unknown_keywords
from anyqpu.core.checks import checked_shots
from anyqpu.errors import ValidationError
from anyqpu.model.money import Money

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# Arguments of `submit` that are not options.
OWN = frozenset({"self", "program", "device", "shots", "key", "before_send"})


def submit_options(client: Client, shots: object, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a submit in JSON types; raise `ValidationError` or `TypeError` for invalid ones."""
    valid = [name for name in signature(type(client).submit).parameters if name not in OWN]
    if unknown := [name for name in options if name not in valid]:
        raise unknown_keywords(unknown, valid, f"submit of {client.provider}")
    arguments = {name: value for name, value in options.items() if value is not None}
    if shots is not None:
        arguments["shots"] = checked_shots(shots, client.provider)
    if isinstance(limit := arguments.get("max_cost"), Money):
        arguments["max_cost"] = limit.to_dict()
    if (session := arguments.get("session")) is not None:
        arguments["session"] = getattr(session, "id", session)
    try:
        return cast("dict[str, Any]", json.loads(json.dumps(arguments, allow_nan=False)))
    except (TypeError, ValueError, RecursionError) as error:
        wrong = next((name for name, value in arguments.items() if not _is_json(value)), "options")
        raise ValidationError(
            f"{wrong} cannot be kept in the ledger: {shown(arguments.get(wrong))}",
            provider=client.provider,
            fields=(wrong,),
            hint="Give numbers, texts, lists and dictionaries",
        ) from error


def submit_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a submit, from what `submit_options` returned."""
    arguments = dict(options)
    if (limit := arguments.get("max_cost")) is not None:
        arguments["max_cost"] = Money.from_dict(limit)
    return arguments


def _is_json(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def checked_ids(ids: Sequence[str] | None, places: range) -> list[str]:
    """Return the names of entries within their run; raise `ValidationError` for invalid ones."""
    if ids is None:
        return [str(place) for place in places]
    names: list[str] = list(ids) if not isinstance(ids, str) else [ids]
    if len(names) != len(places):
        raise ValidationError(f"there are {len(places)} programs and {len(names)} ids", fields=("ids",))
    if wrong := next((name for name in names if not is_text(name)), None):
        raise ValidationError(f"an id is a text, not {shown(wrong)}", fields=("ids",))
    if len(set(names)) != len(names):
        repeated = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValidationError(f"the id {shown(repeated)} is there twice", fields=("ids",))
    return names
