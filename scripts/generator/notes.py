"""What was changed in a document before a client was generated from it: data for messages, manifest and report."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Kind = Literal["normalized", "renamed", "simplified", "dropped", "ignored"]


class Note(NamedTuple):
    """One change of a document, by name.

    `normalized`: the same meaning in the words that the generator takes. `renamed`: an operation has another id, which
    is a decision to look at. `simplified`: the client promises less than the document. `dropped`: an operation is not
    in the client. `ignored`: a part that no client calls, such as webhooks.
    """

    kind: Kind
    place: str
    """Such as `GET /jobs: response 200` or `schema Job.owner`."""
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}: {self.words}"


class Prepared(NamedTuple):
    """A changed document, and each change."""

    document: dict[str, Any]
    notes: list[Note]
