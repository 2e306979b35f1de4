"""Resources that clients created on the emulated clouds, by kind and key, for tests that count them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that exists because a client created it.

    Attributes:
        cloud: `scaleway`, `kipu`, `pasqal` or `rigetti`.
        kind: `job`, Scaleway's `process`, `session`, `booking` and `model`, Kipu's `session`, Pasqal's `batch` and
            `workload`, Rigetti's `execution`, `reservation` and `endpoint`.
        id: The cloud's id.
        status: The cloud's own word; empty for what has none.
        keys: Every text by which its creator can find it again: tags, name, deduplication id, notes, texts in its
            metadata. A job of a Pasqal batch has those of the batch.
    """

    cloud: str
    kind: str
    id: str
    status: str
    keys: tuple[str, ...]

    def has_key(self, key: str) -> bool:
        """Whether one of the texts is this key or contains it, as notes may."""
        return any(key in text for text in self.keys)


def labels(tags: Iterable[str] | None, *others: str | None) -> dict[str, list[str]]:
    """`tags` and `keys` of a row of `/_control/state`; `others` are the texts besides tags that can hold a key."""
    tag_list = list(tags or ())
    return {"tags": tag_list, "keys": [*tag_list, *(text for text in others if text)]}


def effect(row: Mapping[str, Any]) -> Effect:
    """A row of `/_control/state` as an `Effect`."""
    status, keys = str(row.get("status", "")), tuple(row["keys"])
    return Effect(str(row["cloud"]), str(row["kind"]), str(row["id"]), status, keys)


def count(rows: Iterable[Mapping[str, Any]], clouds: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many rows there are by cloud and kind; a cloud without any has an empty object."""
    counted = Counter((str(row["cloud"]), str(row["kind"])) for row in rows)
    numbers: dict[str, dict[str, int]] = {cloud: {} for cloud in clouds}
    for (cloud, kind), number in counted.items():
        numbers[cloud][kind] = number
    return numbers
