"""Joint counts: several classical registers of one circuit as one bit string for each shot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anyqpu.model.counts import Counts
from anyqpu.model.result import ResultItem, ResultKind

# More classical bits than any program has, and few enough to write out.
WIDEST = 1_000_000
# All keys of one circuit's counts together; a million shots of 156 qubits that are all different are fewer.
MOST_CHARACTERS = 200_000_000


@dataclass(frozen=True, slots=True)
class RegisterShots:
    """The outcomes of one classical register: one number for each shot, whose bit k is bit k of the register."""

    width: int
    numbers: Sequence[int]


def labels_of(registers: Mapping[str, int]) -> list[str]:
    """Labels of the bits of registers `{name: width}`, in the order of a key's characters.

    Bit 0 of the first register is the rightmost character, as in Qiskit.
    """
    return [f"{name}[{bit}]" for name, width in registers.items() for bit in range(width)][::-1]


def joint(registers: Mapping[str, RegisterShots]) -> ResultItem:
    """The joint counts of registers in order of declaration, and the counts of each.

    Raises:
        ValueError: The registers have different numbers of shots, or an outcome has more bits than its register.
    """
    rows = [register.numbers for register in registers.values()]
    if len({len(numbers) for numbers in rows}) > 1:
        raise ValueError("the registers have different numbers of shots")
    widths = {name: register.width for name, register in registers.items()}
    seen = Counter(zip(*rows, strict=True))
    check_size(len(seen), sum(widths.values()))
    keys = {
        "".join(bits(number, width) for number, width in zip(row[::-1], [*widths.values()][::-1], strict=True)): count
        for row, count in seen.items()
    }
    own = {
        name: Counts(
            {bits(number, register.width): count for number, count in Counter(register.numbers).items()},
            bit_labels=labels_of({name: register.width}),
        )
        for name, register in registers.items()
    }
    return ResultItem(kind=ResultKind.COUNTS, counts=Counts(keys, bit_labels=labels_of(widths)), registers=own)


def split(counts: Counts, registers: Mapping[str, int]) -> dict[str, Counts]:
    """The counts of each register, from joint counts with bit 0 of the first register rightmost."""
    found: dict[str, Counts] = {}
    end = counts.num_bits
    for name, width in registers.items():
        own: Counter[str] = Counter()
        for key, count in counts.items():
            own[key[end - width : end]] += count
        found[name] = Counts(own, bit_labels=labels_of({name: width}))
        end -= width
    return found


def check_size(keys: int, width: int) -> None:
    """Raise `ValueError` where so many keys of this width are too much to hold."""
    if keys * width > MOST_CHARACTERS:
        raise ValueError(f"{keys} outcomes of {width} bits are too much to hold")


def bits(number: int, width: int) -> str:
    """The number in `width` binary digits; raises `ValueError` if it has more."""
    if number < 0 or number >> width:
        raise ValueError(f"an outcome has more than the {width} bits of its register")
    return f"{number:0{width}b}" if width else ""
