"""A job's address, for picking it up again later or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from anyqpu.errors import ValidationError


@dataclass(frozen=True, slots=True)
class JobHandle:
    """What it takes to find a job again; never a credential. `str(handle)` and `JobHandle.parse` are inverses."""

    provider: str
    id: str
    kind: str = "job"

    def __str__(self) -> str:
        return f"anyqpu:{self.provider}:{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> JobHandle:
        """The handle that `text` stands for; raises `ValidationError` if it is none."""
        match text.split(":", 3):
            case ["anyqpu", provider, kind, identifier] if provider and kind and identifier:
                return cls(provider, identifier, kind)
            case _:
                raise ValidationError(f"{text!r} is no job handle", hint="It looks like anyqpu:kipu:job:5904a9f2-...")
