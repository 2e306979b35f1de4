"""Why a client cannot be generated from a document."""

from __future__ import annotations


class GenerationError(Exception):
    """The generator warned or failed; the message has all it said."""


class UnsupportedDocumentError(Exception):
    """Something in the document that would be dropped or misread; names the place."""


BY_NAME: dict[str, type[Exception]] = {error.__name__: error for error in (GenerationError, UnsupportedDocumentError)}
