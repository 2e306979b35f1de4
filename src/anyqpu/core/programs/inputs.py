"""What `submit` is given, made ready for a device, the same for every cloud: one program or several, and parameters."""

from __future__ import annotations

import re
from collections.abc import Container, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import anyio.lowlevel
import anyio.to_thread

from anyqpu._lazy import LazyModule
from anyqpu.errors import Hint, ValidationError
from anyqpu.model.program import MOST_BYTES, Program, ProgramFormat, ProgramSource, load_programs
from anyqpu.model.program_text import without_comments

if TYPE_CHECKING:
    import anyqpu_programs as fitting
else:
    fitting = LazyModule("anyqpu_programs")

# The languages in which a program declares parameters: `input float[64] theta;`. Qiskit writes its own so.
WITH_PARAMETERS = {ProgramFormat.OPENQASM3, ProgramFormat.BRAKET_QASM3}
_INPUT = re.compile(r"(?:^|[;{}])\s*input\b")


# Programs that are read without a pause for other tasks.
AT_ONCE = 25


async def programs_of(sources: Iterable[ProgramSource]) -> list[Program]:
    """Read programs; the same object is read once. Raises `ValidationError` that names the place of a wrong one."""
    programs: list[Program] = []
    read: dict[int, tuple[object, Program]] = {}
    for place, source in enumerate(sources):
        if id(source) not in read:
            try:
                if isinstance(source, str) and len(source) > MOST_BYTES:
                    # Reading it would take seconds.
                    raise ValidationError(f"the program has more than {MOST_BYTES} characters", fields=("program",))
                loaded = await load_programs(source)
                if len(loaded) != 1:
                    raise ValidationError("an entry is one program, not a list", fields=("program",))
            except ValidationError as error:
                error.message = f"programs[{place}]: {error.message}"
                raise
            # The source is kept, so that its identity is not that of another one.
            read[id(source)] = source, loaded[0]
        programs.append(read[id(source)][1])
        if not place % AT_ONCE:
            await anyio.lowlevel.checkpoint()
    return programs


def one_program(source: ProgramSource | Sequence[ProgramSource], provider: str, *, hint: str) -> ProgramSource:
    """The only program, where a cloud runs one in each job; raises `ValidationError` for a list of several."""
    if not isinstance(source, list | tuple):
        return source
    sources = cast("Sequence[ProgramSource]", source)
    if len(sources) != 1:
        raise ValidationError(
            f"{provider.capitalize()} takes one program in each job, not {len(sources)}",
            provider=provider,
            fields=("program",),
            hint=hint,
        )
    return sources[0]


@contextmanager
def naming(place: int, number: int) -> Generator[None]:
    """Name the program of a list, by its place, in a `ValidationError` that is about one of several."""
    try:
        yield
    except ValidationError as error:
        if number == 1:
            raise
        problem = f"programs[{place}]: {error.message}"
        raise ValidationError(problem, provider=error.provider, hint=error.hint, fields=error.fields) from error


async def fitted(
    programs: Sequence[Program], formats: Sequence[ProgramFormat], *, called: str, provider: str
) -> list[Program]:
    """Each program in a language that a device takes; see `fit`."""
    fitted_programs: list[Program] = []
    for place, program in enumerate(programs):
        with naming(place, len(programs)):
            fitted_programs.append(await fitting.fit(program, formats, called=called, provider=provider))
    return fitted_programs


async def bound(
    programs: Sequence[Program], parameters: Mapping[str, object] | None, *, provider: str
) -> tuple[Program, ...]:
    """The programs with values in place of their parameters: each has all of them, by name.

    Raises `ValidationError` for a value without a parameter, or a parameter without a value.
    """
    values = checked_parameters(parameters, provider)
    bound_programs: list[Program] = []
    for place, program in enumerate(programs):
        with naming(place, len(programs)):
            bound_programs.append(await _bound(program, values, provider))
    return tuple(bound_programs)


async def _bound(program: Program, values: Mapping[str, object], provider: str) -> Program:
    if not has_parameters(program):
        if not values:
            return program
        which = "the program" if program.format in WITH_PARAMETERS else f"a program in {program.format}"
        raise ValidationError(
            f"{which} declares no parameters, but was given {', '.join(sorted(values))}",
            provider=provider,
            fields=("parameters",),
            hint="OpenQASM 3 declares one as 'input float[64] theta;', as Qiskit writes a Parameter",
        )
    # Reading the program may take its time.
    return await anyio.to_thread.run_sync(_with_values, program, values)


def _with_values(program: Program, values: Mapping[str, object]) -> Program:
    reader: Any = import_module("anyqpu_programs")
    declared: Mapping[str, str] = reader.parameters(program)
    named = {_declared_name(name, declared): value for name, value in values.items()}
    return cast("Program", reader.bind(program, named))


def _declared_name(name: str, declared: Container[str]) -> str:
    """A parameter's name as the program has it: Qiskit writes `v[0]` as `_v_0_`, since OpenQASM 3 has no such names."""
    written = "_" + re.sub(r"\W", "_", name)
    return written if name not in declared and not name.isidentifier() and written in declared else name


def has_parameters(program: Program) -> bool:
    """Whether a program declares parameters that need values before it can run."""
    if program.format not in WITH_PARAMETERS or "input" not in program.text:
        return False
    return _INPUT.search(without_comments(program.text, "program")) is not None


def checked_parameters(parameters: object, provider: str) -> Mapping[str, object]:
    """The parameters' values by name; raises `ValidationError` where they are anything else."""
    if parameters is None:
        return {}
    values: dict[str, object] = {}
    wrong = "" if isinstance(parameters, Mapping) else type(parameters).__name__
    for key, value in cast("Mapping[object, object]", parameters).items() if not wrong else ():
        # Qiskit's `Parameter` has its name in an attribute.
        name = key if isinstance(key, str) else getattr(key, "name", None)
        if isinstance(name, str):
            values[name] = value
        else:
            wrong = f"the key {key!r}"[:60]
    if wrong:
        raise ValidationError(
            f"parameters are values by name, not {wrong}",
            provider=provider,
            fields=("parameters",),
            hint=Hint("Such as parameters={'theta': 0.3}", "Such as --parameter theta=0.3"),
        )
    return values


def no_parameters(parameters: object, provider: str, *, hint: str) -> None:
    """Raise `ValidationError` for parameters at a cloud whose programs take none."""
    if parameters:
        raise ValidationError(
            f"{provider.capitalize()}'s programs take no parameters=",
            provider=provider,
            fields=("parameters",),
            hint=hint,
        )
