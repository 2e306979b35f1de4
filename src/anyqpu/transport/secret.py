"""Texts that must not be shown, and forms that hold some."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn
from urllib.parse import quote, quote_plus

from anyqpu.errors import AnyQPUError


class Secret:
    """A credential: `reveal()` gives its text, and nothing else does."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, to be put into a header and nowhere else."""
        return self._text

    def fits_header(self) -> bool:
        """Whether a header can hold it: printable ASCII without space around it, and not empty."""
        text = self._text
        return bool(text) and text.isascii() and text.isprintable() and text == text.strip()

    def __repr__(self) -> str:
        return "Secret('***')"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret cannot be pickled: get the credential where it is needed")


class Form(Mapping[str, str]):
    """Fields to be posted, in the order given: a mapping of texts whose `repr` does not show the secret ones.

    A plain dict would show them wherever local variables are printed with a traceback. Fields that are None are
    left out.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, str | Secret | None]) -> None:
        self._fields = {name: value for name, value in fields.items() if value is not None}

    def __getitem__(self, name: str) -> str:
        value = self._fields[name]
        return value.reveal() if isinstance(value, Secret) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Form({self._fields})"

    def secrets(self) -> list[Secret]:
        """The values that must not be shown."""
        return [value for value in self._fields.values() if isinstance(value, Secret)]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Form cannot be pickled: it holds credentials")


def spellings(secrets: Iterable[Secret]) -> list[str]:
    """The texts under which a server may send the secrets back: as they are, and as they stand in a form. In clear."""
    clear = [secret.reveal() for secret in secrets]
    return [spelling for text in clear for spelling in {text, quote(text, safe=""), quote_plus(text)}]


def hide_frames(error: BaseException) -> None:
    """Keep the local variables of the frames below out of the traceback of an error, and of its causes.

    For the edge of code that works with credentials in clear. Errors that describe the caller's mistake lose the frames
    themselves: their text has all that is to be known, and tools that print the arguments of a frame fail where they
    are gone. Of an unexpected error the frames stay, without their variables.
    """
    seen: set[int] = set()
    errors: list[BaseException | None] = [error]
    while errors:
        current = errors.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, AnyQPUError | TypeError):
            current.__traceback__ = None
        else:
            traceback.clear_frames(current.__traceback__)
        if current.__suppress_context__ and current.__cause__ is None:
            # Replaced on purpose: the text of the error before may hold what was wrong, which may be a credential.
            current.__context__ = None
        errors += [current.__cause__, current.__context__]
