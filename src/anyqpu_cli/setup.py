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
from anyqpu.errors import AnyQPUError, CertificateError, ConnectError, ProxyError
from anyqpu_cli import outcome
from anyqpu_cli.emulate import emulator_choice
from anyqpu_cli.output import discard_stdout, print_stderr
from anyqpu_cli.target import provider_names
from anyqpu_cli.words import error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client
    from anyqpu.model.money import Money


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
        """Print a note on standard error, unless the command is quiet."""
        if not self.quiet:
            print_stderr(text)


@functools.cache
def shared_parameters() -> tuple[inspect.Parameter, ...]:
    """The shared options as parameters of a command."""
    hints = get_type_hints(Setup, include_extras=True)
    return tuple(
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
        for parameter in inspect.signature(Setup).parameters.values()
    )


def with_setup(work: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Turn an async function that takes a `Setup` and the command's own options into a command."""
    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    shared = shared_parameters()
    parameters = [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *shared]

    def command(**values: Any) -> None:
        setup = Setup(**{parameter.name: values.pop(parameter.name) for parameter in shared})
        with report_errors(setup):
            # Both raise errors of every command, and read the disk, which would block the event loop.
            _ = setup.emulator_choice, provider_names()
            import anyio

            anyio.run(functools.partial(work, setup, **values))

    command.__name__, command.__doc__ = work.__name__, work.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


@contextmanager
def report_errors(setup: Setup) -> Generator[None]:
    """Turn an error into one line and an exit code; print a traceback only with --debug."""
    try:
        yield
    except KeyboardInterrupt:
        print_stderr(setup.interrupt_note or "anyqpu: interrupted")
        raise typer.Exit(outcome.INTERRUPTED) from None
    except BrokenPipeError:
        raise typer.Exit(discard_stdout()) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if setup.debug:
            import traceback

            print_stderr(traceback.format_exc().rstrip())
        print_stderr(f"anyqpu: {_message(error, setup)}")
        raise typer.Exit(outcome.exit_code(error)) from None


def _message(error: Exception, setup: Setup) -> str:
    unreachable = isinstance(error, ConnectError) and not isinstance(error, CertificateError | ProxyError)
    if unreachable and setup.emulated and not setup.in_process:
        address = _emulator.requested(setup.emulator_choice)
        return f"no emulator responds at {address}. Start one with `anyqpu emulate`"
    if isinstance(error, AnyQPUError):
        return error_text(error)
    if isinstance(error, typer.BadParameter):
        return str(error)
    return (
        f"internal error: {type(error).__name__}: {error}. "
        "Run the command again with --debug, and report the output together with that of `anyqpu bug-report`"
    )
