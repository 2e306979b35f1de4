"""Joint counts: several classical registers of one circuit as one bit string for each shot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anyqpu.core.results.forms import FormError
from anyqpu.model.counts import Counts
from anyqpu.model.result import ResultItem, ResultKind

# More classical bits than any program has, and few enough to write out.
WIDEST = 100_000
# All keys of one circuit's counts together; a million shots of 156 qubits that are all different are fewer.
MOST_CHARACTERS = 200_000_000
# Where keys are wider than any machine: a short response may ask for many of those.
WIDE, MOST_WIDE_CHARACTERS = 4_096, 8_000_000
# All labels of one circuit's bits together.
MOST_LABEL_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class RegisterShots:
    """The outcomes of one classical register: one number for each shot, whose bit k is bit k of the register."""

    width: int
    numbers: Sequence[int]


def labels_of(registers: Mapping[str, int]) -> list[str]:
    """Labels of the bits of registers `{name: width}`, in the order of a key's characters.

    Bit 0 of the first register is the rightmost character, as in Qiskit. Raises `FormError` for too many bits.
    """
    check_registers(registers)
    return [f"{name}[{bit}]" for name, width in registers.items() for bit in range(width)][::-1]


def joint(registers: Mapping[str, RegisterShots]) -> ResultItem:
    """The joint counts of registers in order of declaration, and the counts of each.

    Raises:
        FormError: The registers have different numbers of shots, or an outcome has more bits than its register.
    """
    check_registers({name: register.width for name, register in registers.items()})
    rows = [register.numbers for register in registers.values()]
    if len({len(numbers) for numbers in rows}) > 1:
        raise FormError("the registers have different numbers of shots")
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
    split_counts: dict[str, Counts] = {}
    end = counts.num_bits
    for name, width in registers.items():
        own: Counter[str] = Counter()
        for key, count in counts.items():
            own[key[end - width : end]] += count
        split_counts[name] = Counts(own, bit_labels=labels_of({name: width}))
        end -= width
    return split_counts


def check_size(keys: int, width: int) -> None:
    """Raise `FormError` where so many keys of this width are too much to hold."""
    if keys * width > (MOST_CHARACTERS if width <= WIDE else MOST_WIDE_CHARACTERS):
        raise FormError(f"{keys} outcomes of {width} bits are too much to hold")


def check_registers(registers: Mapping[str, int]) -> None:
    """Raise `FormError` where the bits of registers `{name: width}` are too many to name."""
    if min(registers.values(), default=0) < 0 or sum(registers.values()) > WIDEST:
        raise FormError(f"its registers have more than {WIDEST:,} bits together, or fewer than none")
    if sum((len(name) + 8) * width for name, width in registers.items()) > MOST_LABEL_CHARACTERS:
        raise FormError("the names of its bits are too much to hold")


def bits(number: int, width: int) -> str:
    """The number in `width` binary digits; raises `FormError` if it has more."""
    if number < 0 or number >> width:
        raise FormError(f"an outcome has more than the {width} bits of its register")
    return f"{number:0{width}b}" if width else ""
