"""`anyqpu examples`: the programs that are installed with anyqpu, and copies of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from anyqpu.errors import ConfigError, ValidationError
from anyqpu_cli.columns import Column
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import did_you_mean


@dataclass(frozen=True, slots=True)
class Example:
    """A program, the language that it is in, and a device that runs it."""

    name: str
    language: str
    device: str
    about: str

    @property
    def path(self) -> Path:
        """Where it is: installed with the package, or in its repository."""
        package = Path(str(files("anyqpu")))
        places = [package / "examples" / self.name, package.parent.parent / "examples" / self.name]
        return next((place for place in places if place.exists()), places[0])

    def to_dict(self) -> dict[str, str]:
        """Return what `--json` prints."""
        return {
            "name": self.name,
            "language": self.language,
            "device": self.device,
            "about": self.about,
            "path": str(self.path),
        }


EXAMPLES: Mapping[str, Example] = {
    example.name: example
    for example in (
        Example("bell.qasm", "OpenQASM 2", "kipu:kipu.sim.qsim", "two qubits that always agree"),
        Example("ghz3.qasm", "OpenQASM 2", "scaleway:EMU-AER-16C-128M", "three qubits that always agree"),
        Example("bell3.qasm", "OpenQASM 3", "kipu:kipu.sim.qsim", "the pair of bell.qasm"),
        Example("bell.quil", "Quil", "rigetti:Ankaa-3", "the same pair, in native gates"),
        Example("blockade.json", "Pulser", "pasqal:EMU_FREE", "two atoms that are never both excited"),
    )
}
COLUMNS: Sequence[Column[Example]] = (
    Column(name="NAME", value=lambda example: example.name),
    Column(name="LANGUAGE", value=lambda example: example.language, rank=2),
    Column(name="RUNS ON", value=lambda example: example.device, rank=1),
    Column(name="ABOUT", value=lambda example: example.about, rank=3, least=16),
)


def list_examples(setup: Setup, *, columns: str | None = None) -> None:
    """Print the example programs."""
    Listing(setup, COLUMNS, Example.to_dict, names=columns).show(list(EXAMPLES.values()))
    if not setup.as_json:
        setup.note("`anyqpu examples NAME` copies one to this folder")


def copy_example(setup: Setup, name: str, folder: Path) -> None:
    """Copy an example to a folder, which is created if it does not exist, and print how to run it.

    Raises:
        ValidationError: The example does not exist, or the folder has another file of that name.
        ConfigError: It cannot be written.
    """
    if name not in EXAMPLES:
        raise ValidationError(f"there is no example {name!r}", hint=did_you_mean(name, list(EXAMPLES)))
    example = EXAMPLES[name]
    target = folder / name
    try:
        content = example.path.read_bytes()
        folder.mkdir(parents=True, exist_ok=True)
        write_new(target, content)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from None
    if setup.as_json:
        show_json({**example.to_dict(), "path": str(target)})
        return
    show(plain(target))
    # The processor has no price, so that it needs a confirmation.
    option = " --yes" if name.endswith(".quil") else ""
    setup.note(f"Run it offline: anyqpu submit {target} --device {example.device} --wait{option} --emulator")


def write_new(target: Path, content: bytes) -> None:
    """Write a file that does not exist yet, or has this content already.

    Raises:
        ValidationError: It exists with other content.
        OSError: It cannot be read or written.
    """
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        if not target.is_file() or target.read_bytes() != content:
            hint = "Remove it, or name another folder with --to"
            raise ValidationError(f"{target} exists, with other content", hint=hint) from None
