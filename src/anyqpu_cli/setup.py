"""The options that all commands share, how a command runs, and how its errors are shown."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from anyqpu import _emulator
from anyqpu._json import VERSION
from anyqpu.errors import AnyQPUError, CertificateError, ConnectError, ProxyError
from anyqpu_cli import outcome
from anyqpu_cli.emulate import emulator_choice
from anyqpu_cli.output import discard_stdout, print_stderr, print_stderr_json
from anyqpu_cli.target import provider_names
from anyqpu_cli.words import error_record, error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.money import Money


START_EMULATOR = "Start one with `anyqpu emulate`"


@dataclass(slots=True)
class Setup:
    """The shared options of a command; each field with an annotation of typer's is one.

    Attributes:
        interrupt_note: The message for a user who interrupts the command: what continues without it.
    """

    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; its keys are stable.")] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no notes.")] = False
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="A profile of your configuration file.")] = None
    emulator: Annotated[
        bool,
        typer.Option("--emulator", help="Use the emulator that ANYQPU_EMULATOR names, else one in this process."),
    ] = False
    emulator_url: Annotated[str | None, typer.Option(metavar="URL", help="Use the emulator at this address.")] = None
    cacert: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Trust these certificate authorities; 'system': the operating system's."),
    ] = None
    proxy: Annotated[
        str | None, typer.Option(metavar="URL", help="Connect through this proxy; '' for a direct connection.")
    ] = field(default=None, repr=False)
    debug: Annotated[bool, typer.Option("--debug", help="Print a traceback with each error.")] = False
    interrupt_note: str | None = field(default=None, init=False)

    @property
    def emulator_choice(self) -> bool | str | None:
        """The argument `emulator` of `connect`; raises `ConfigError` for an invalid address."""
        return emulator_choice(self.emulator, self.emulator_url)

    @property
    def emulated(self) -> bool:
        """Whether the command uses an emulator."""
        return bool(_emulator.requested(self.emulator_choice))

    @property
    def in_process(self) -> bool:
        """Whether that emulator ends with this command."""
        requested = _emulator.requested(self.emulator_choice)
        return requested is True or requested in _emulator.MODES

    @property
    def emulator_option(self) -> str:
        """The option with which another command uses the same emulator; empty where it needs none."""
        return f" --emulator-url {self.emulator_url}" if self.emulator_url is not None else ""

    def connect(
        self, provider: str, profile: str | None = None, *, max_cost: Money | None = None, address: str | None = None
    ) -> Client:
        """Return a client for this command; `profile` and `address` apply where the command names none."""
        from anyqpu.connecting import connect, options_for_address

        options: dict[str, Any] = {"emulator": self.emulator_choice, "verify": self.cacert, "proxy": self.proxy}
        options["max_cost"] = max_cost
        options |= options_for_address(provider, address, options)
        return connect(provider, profile=self.profile or profile, **options)

    def note(self, text: str) -> None:
        """Print a note on standard error, unless the command is quiet; with --json as `{"note": ...}`."""
        if not self.quiet:
            self.report(text, {"note": text})

    def report(self, text: str, record: dict[str, Any]) -> None:
        """Print a text on standard error, or with --json the record on one line."""
        if self.as_json:
            print_stderr_json(record)
        else:
            print_stderr(text)


@functools.cache
def shared_parameters() -> tuple[inspect.Parameter, ...]:
    """The shared options as parameters of a command."""
    hints = get_type_hints(Setup, include_extras=True)
    return tuple(
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
        for parameter in inspect.signature(Setup).parameters.values()
    )


def with_setup(work: Callable[..., Awaitable[None] | None]) -> Callable[..., None]:
    """Turn a function, usually async, that takes a `Setup` and the command's own options into a command."""
    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    shared = shared_parameters()
    parameters = [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *shared]

    def command(**values: Any) -> None:
        setup = Setup(**{parameter.name: values.pop(parameter.name) for parameter in shared})
        with report_errors(setup):
            # Both raise errors of every command, and read the disk, which would block the event loop.
            _ = setup.emulator_choice, provider_names()
            if not inspect.iscoroutinefunction(work):
                work(setup, **values)
                return
            import anyio

            anyio.run(functools.partial(work, setup, **values))

    command.__name__, command.__doc__ = work.__name__, work.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


@contextmanager
def report_errors(setup: Setup) -> Generator[None]:
    """Turn an error into one line, of JSON with --json, and an exit code; print a traceback only with --debug."""
    try:
        yield
    except KeyboardInterrupt:
        text = setup.interrupt_note or "anyqpu: interrupted"
        setup.report(text, {"note": text})
        raise typer.Exit(outcome.INTERRUPTED) from None
    except BrokenPipeError:
        raise typer.Exit(discard_stdout()) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if setup.debug:
            import traceback

            print_stderr(traceback.format_exc().rstrip())
        code = outcome.exit_code(error)
        setup.report(f"anyqpu: {_message(error, setup)}", _record(error, setup) | {"exit_code": code})
        raise typer.Exit(code) from None


def _record(error: Exception, setup: Setup) -> dict[str, Any]:
    """Return an error as JSON: its `to_dict()`, or for other errors the same keys as far as they apply."""
    if isinstance(error, AnyQPUError):
        record = error_record(error)
        return record | {"hint": START_EMULATOR} if _is_unreachable(error, setup) else record
    return other_record(type(error).__name__, _message(error, setup))


def other_record(type: str, message: str, hint: str | None = None) -> dict[str, Any]:
    """Return an error that is not one of the library's in the form of those."""
    return {"v": VERSION, "type": type, "retryable": False, "message": message, "hint": hint}


def _is_unreachable(error: Exception, setup: Setup) -> bool:
    """Whether an error is that no emulator responds."""
    is_connection = isinstance(error, ConnectError) and not isinstance(error, CertificateError | ProxyError)
    return is_connection and setup.emulated and not setup.in_process


def _message(error: Exception, setup: Setup) -> str:
    if _is_unreachable(error, setup):
        return f"no emulator responds at {_emulator.requested(setup.emulator_choice)}. {START_EMULATOR}"
    if isinstance(error, AnyQPUError):
        return error_text(error)
    if isinstance(error, typer.BadParameter):
        return str(error)
    return (
        f"internal error: {type(error).__name__}: {error}. "
        "Run the command again with --debug, and report the output together with that of `anyqpu bug-report`"
    )
