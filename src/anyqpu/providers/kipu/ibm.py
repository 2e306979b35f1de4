"""Results of IBM's sampler: for each circuit a bit array per classical register, in Qiskit's runtime encoding.

A bit array holds either the shots, as a numpy file, or only how often each value was measured ("archived"). Both forms
were captured from Kipu (qhub-quantum 1.18.1). Reading the shots takes no numpy.
"""

from __future__ import annotations

import ast
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.core.programs.packing import decoded
from anyqpu.core.results.forms import Budget, FormError, check_shots, size_of, whole
from anyqpu.core.results.registers import WIDEST, RegisterShots, check_registers, check_size, joint, labels_of
from anyqpu.model.counts import Counts
from anyqpu.model.result import ResultItem, ResultKind

# A header of the form below has about 60 characters; numpy pads it to a multiple of 64.
HEADER_BYTES = 1024


def items_of(body: Mapping[str, Any], shots: int | None = None, budget: Budget | None = None) -> list[ResultItem]:
    """One result for each circuit ("PUB").

    Args:
        body: The result.
        shots: What the job says.
        budget: What decoding may take; None: as much as the size of the body allows.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: It has another form.
    """
    budget = budget or Budget(shots, size_of(body))
    return [_item(_value(pub), shots, budget) for pub in _value(body)["pub_results"]]


def _item(pub: Mapping[str, Any], shots: int | None, budget: Budget) -> ResultItem:
    data = _value(pub["data"])
    fields = cast("dict[str, Any]", _value(data["fields"]))
    arrays = {name: cast("dict[str, Any]", _value(fields[name])) for name in _declared(data, fields)}
    widths = {name: _width(name, array) for name, array in arrays.items()}
    check_registers(widths)
    archived = {name: array["array"] for name, array in arrays.items() if _is_archived(array["array"])}
    if not archived:
        return joint(
            {
                name: RegisterShots(widths[name], _numbers(name, _value(array["array"]), widths[name], shots, budget))
                for name, array in arrays.items()
            }
        )
    if len(archived) < len(arrays):
        raise FormError("some registers are archived counts, and others are not")
    registers = {name: _archived(name, inner["counts"], widths[name]) for name, inner in archived.items()}
    # Counts of each register alone do not say which values were measured in the same shot.
    only = next(iter(registers.values())) if len(registers) == 1 else None
    return ResultItem(kind=ResultKind.COUNTS, counts=only, registers=registers)


def _declared(data: Mapping[str, Any], fields: Mapping[str, Any]) -> Sequence[str]:
    """The registers in order of declaration, which `field_names` says; a JSON object need not keep an order."""
    names: Any = data.get("field_names")
    listed = cast("list[Any]", names) if isinstance(names, list) else []
    same = len(listed) == len(fields) and all(isinstance(name, str) and name in fields for name in listed)
    return listed if same and len(set(listed)) == len(listed) else list(fields)


def _width(name: str, array: Mapping[str, Any]) -> int:
    width = array["num_bits"]
    if not isinstance(width, int) or isinstance(width, bool) or not 0 <= width <= WIDEST:
        raise FormError(f"register {name!r:.60} has {str(width)[:40]} bits")
    return width


def _is_archived(inner: Any) -> bool:
    return isinstance(inner, dict) and "counts" in inner


def _archived(name: str, counts: Mapping[str, Any], width: int) -> Counts:
    check_size(len(counts), width)
    outcomes = {_bits(key, width): whole(count) for key, count in counts.items()}
    return Counts(outcomes, bit_labels=labels_of({name: width}))


def _bits(key: str, width: int) -> str:
    bits = f"{int(key, 16):0{width}b}" if key.startswith("0x") else key.zfill(width)
    if len(bits) > max(width, 1):
        raise FormError(f"the key {key[:40]!r} has more than {width} bits")
    return bits if width else ""


def _numbers(name: str, encoded: Any, width: int, shots: int | None, budget: Budget) -> list[int]:
    """The rows of a two-dimensional array of bytes as numbers, most significant byte first.

    The array is a numpy file (NEP 1), compressed, in base64. Its header is checked before what it describes is
    unpacked, so that a short response cannot fill the memory.
    """
    if not isinstance(encoded, str):
        raise FormError(f"register {name!r:.60} has no array")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(decoded(encoded), HEADER_BYTES)
        start, rows, columns = _header(content)
        _check(name, (rows, columns), width, shots, budget)
        wanted = start + rows * columns
        if wanted > len(content):
            content += unpacker.decompress(unpacker.unconsumed_tail, wanted - len(content))
        # At the end of the stream this gives nothing; anything else is too much.
        excess = unpacker.decompress(unpacker.unconsumed_tail, 1)
    except zlib.error as error:
        raise FormError(f"the array of register {name!r:.60} is not compressed as expected") from error
    if len(content) != wanted or excess or not unpacker.eof:
        raise FormError(
            f"the array of register {name!r:.60} does not have the {rows} times {columns} bytes that it says"
        )
    if not columns:
        return [0] * rows
    # Equal outcomes share one number: most of a million shots are equal.
    number_of_row: dict[bytes, int] = {}
    numbers: list[int] = []
    for place in range(start, wanted, columns):
        row = content[place : place + columns]
        if row not in number_of_row:
            number_of_row[row] = int.from_bytes(row, "big")
        numbers.append(number_of_row[row])
    return numbers


def _header(content: bytes) -> tuple[int, int, int]:
    """Where the data of a numpy file begins, and its rows and columns."""
    if not content.startswith(b"\x93NUMPY") or len(content) < 12:
        raise FormError("the array is not a numpy file")
    begin = 12 if content[6] > 1 else 10
    end = begin + int.from_bytes(content[8:begin], "little")
    if end > len(content):
        raise FormError("the array's header is cut off, or too long")
    try:
        header: Any = ast.literal_eval(content[begin:end].decode("latin-1").strip())
        form, order, shape = header["descr"], header["fortran_order"], header["shape"]
    except (SyntaxError, ValueError, LookupError, TypeError, RecursionError, MemoryError) as error:
        raise FormError("the array's header is not that of a numpy file") from error
    match shape:
        case (int(rows), int(columns)) if form in ("|u1", "u1") and order is False and rows >= 0 and columns >= 0:
            return end, rows, columns
        case _:
            raise FormError(f"the array has an unexpected form: {str(header)[:100]}")


def _check(name: str, shape: tuple[int, int], width: int, shots: int | None, budget: Budget) -> None:
    rows, columns = shape
    if columns != -(-width // 8):
        raise FormError(f"register {name!r:.60} has {width} bits in {columns} bytes")
    check_shots(rows, shots)
    # The bytes, and a place for each row in a list.
    budget.take(rows * (columns + 8))


def _value(tagged: Any) -> Any:
    """What an object of IBM's runtime encoding holds: `{"__type__": ..., "__value__": ...}`."""
    fields = cast("dict[str, Any]", tagged) if isinstance(tagged, dict) else {}
    return fields.get("__value__", cast("Any", tagged))
