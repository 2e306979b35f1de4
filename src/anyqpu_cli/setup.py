"""What every command shares: its options, how it runs, and how it ends."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anyqpu import _emulator
from anyqpu.errors import AnyQPUError, CertificateError, ConnectError, ProxyError
from anyqpu_cli import outcome
from anyqpu_cli.emulate import emulator_choice
from anyqpu_cli.output import tell
from anyqpu_cli.usage import reader_is_gone

if TYPE_CHECKING:
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient

    Client = KipuClient | PasqalClient | RigettiClient | ScalewayClient

# Name of the parameter, type and default of the options that each command has.
SHARED: tuple[tuple[str, Any, object], ...] = (
    ("as_json", Annotated[bool, typer.Option("--json", help="Print JSON, whose keys stay as they are.")], False),
    ("quiet", Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")], False),
    (
        "profile",
        Annotated[str | None, typer.Option(metavar="NAME", help="A profile of your configuration file.")],
        None,
    ),
    (
        "emulator",
        Annotated[
            bool,
            typer.Option(
                "--emulator", help="Use an emulator: the one that ANYQPU_EMULATOR names, else one in this process."
            ),
        ],
        False,
    ),
    (
        "emulator_url",
        Annotated[str | None, typer.Option(metavar="URL", help="Use the emulator that runs at this address.")],
        None,
    ),
    (
        "cacert",
        Annotated[
            str | None,
            typer.Option(
                metavar="FILE", help="Trust these certificate authorities; 'system': those of the operating system."
            ),
        ],
        None,
    ),
    (
        "proxy",
        Annotated[str | None, typer.Option(metavar="URL", help="Connect through this proxy; '' for none.")],
        None,
    ),
    ("debug", Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")], False),
)


# What the library calls an argument of `connect`, and the option that it comes from.
OPTIONS = (
    ("emulator=True", "--emulator"),
    ("verify='system'", "--cacert system"),
    ("verify=", "--cacert"),
    ("option verify", "--cacert"),
    ("proxy='", "--proxy '"),
    ("option proxy", "--proxy"),
)


@dataclass(slots=True)
class Setup:
    """How a command was called.

    Attributes:
        emulator, verify, proxy: What `connect` takes.
        left_behind: What to say when the user interrupts the command: what goes on without it.
    """

    as_json: bool = False
    quiet: bool = False
    profile: str | None = None
    emulator: bool | str | None = None
    debug: bool = False
    left_behind: str | None = None
    verify: str | None = None
    proxy: str | None = field(default=None, repr=False)

    @property
    def emulated(self) -> bool:
        """Whether an emulator takes the place of the clouds."""
        return bool(_emulator.requested(self.emulator))

    @property
    def in_process(self) -> bool:
        """Whether that emulator ends with this command."""
        return _emulator.requested(self.emulator) is True

    @property
    def emulator_words(self) -> str:
        """The option with which another command reaches the same emulator; empty where none is needed."""
        return f" --emulator-url {self.emulator}" if isinstance(self.emulator, str) else ""

    def connect(self, provider: str, profile: str | None = None) -> Client:
        """A client of a cloud, for this command; `profile` is for where the command names none."""
        from anyqpu.connecting import connect

        options: dict[str, Any] = {"emulator": self.emulator, "verify": self.verify, "proxy": self.proxy}
        made: Any = connect(provider, profile=self.profile or profile, **options)
        return made  # type: ignore[no-any-return]

    def note(self, text: str) -> None:
        """Print a note, which is not part of the result."""
        if not self.quiet:
            tell(text)


def with_setup(work: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A command with the shared options, from an async function that takes a `Setup` and the command's own."""
    own = list(inspect.signature(work, eval_str=True).parameters.values())[1:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in SHARED
    ]
    parameters = [*(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own), *shared]

    def command(**given: Any) -> None:
        setup = Setup(given.pop("as_json"), given.pop("quiet"), given.pop("profile"), debug=given.pop("debug"))
        setup.verify, setup.proxy = given.pop("cacert"), given.pop("proxy")
        wanted, url = given.pop("emulator"), given.pop("emulator_url")
        with one_sentence(setup):
            setup.emulator = emulator_choice(wanted, url)
            import anyio

            anyio.run(functools.partial(work, setup, **given))

    command.__name__, command.__doc__ = work.__name__, work.__doc__
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


@contextmanager
def one_sentence(setup: Setup) -> Generator[None]:
    """Turn errors into one sentence and an exit code; print a traceback only with --debug."""
    try:
        yield
    except KeyboardInterrupt:
        tell(setup.left_behind or "anyqpu: interrupted")
        raise typer.Exit(outcome.INTERRUPTED) from None
    except BrokenPipeError:
        raise typer.Exit(reader_is_gone()) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if setup.debug:
            import traceback

            tell(traceback.format_exc().rstrip())
        tell(f"anyqpu: {_sentence(error, setup)}")
        raise typer.Exit(outcome.exit_code(error)) from None


def _sentence(error: Exception, setup: Setup) -> str:
    by_network = isinstance(error, ConnectError) and not isinstance(error, CertificateError | ProxyError)
    if by_network and setup.emulated and not setup.in_process:
        address = _emulator.requested(setup.emulator)
        return f"no emulator answers at {address}. Start one with `anyqpu emulate`"
    if isinstance(error, (AnyQPUError, typer.BadParameter)):
        # The library speaks to programs; here the same thing is an option.
        text = str(error)
        for ours, option in OPTIONS:
            text = text.replace(ours, option)
        return text
    return (
        f"this should not have happened: {type(error).__name__}: {error}. "
        "Run it again with --debug, and report it together with what `anyqpu bug-report` prints"
    )
