"""Write Python modules from protoc's descriptors; runs with the Python of `.venv-generator`.

Arguments: the descriptor set, the folder that its own documents are in, and the folder to write to.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

_POOL = '''"""The messages' descriptors, in a pool of their own: names of other packages in the process do not clash."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

POOL = DescriptorPool()
for _file in (
{files}):
    POOL.AddSerializedFile(_file)


def message(name: str) -> Any:
    """Return the class of a message by its full name."""
    return GetMessageClass(POOL.FindMessageTypeByName(name))
'''
_SERVICES = '''"""The methods of each service, with their messages."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from google.protobuf.message import Message

from {package} import {modules}

RequestT = TypeVar("RequestT", bound=Message)
ResponseT = TypeVar("ResponseT", bound=Message)


class Method(NamedTuple, Generic[RequestT, ResponseT]):
    """A method that takes one message and returns one."""

    service: str
    name: str
    request: type[RequestT]
    response: type[ResponseT]

    @property
    def path(self) -> str:
        """The path of a request."""
        return f"/{{self.service}}/{{self.name}}"


{methods}
'''


def main(descriptors: str, virtual: str, out: str) -> None:
    files = FileDescriptorSet.FromString(Path(descriptors).read_bytes()).file
    own = [file for file in files if Path(file.name).parent == Path(virtual)]
    package, target = virtual.replace("/", "."), Path(out)
    (target / "__init__.py").write_text(f'"""Messages of `specs/{Path(virtual).name}/grpc`. Written by scripts."""\n')
    (target / "_pool.py").write_text(_POOL.format(files="".join(f"    {_bytes(file)},\n" for file in files)))
    for file in own:
        module = _module(file)
        lines = [f'"""Messages of {Path(file.name).name}."""\n', f"from {package}._pool import message\n"]
        lines += [f'{item.name} = message("{file.package}.{item.name}")' for item in file.message_type]
        (target / f"{module}.py").write_text("\n".join(lines) + "\n")
    modules = {f"{file.package}.{item.name}": _module(file) for file in own for item in file.message_type}
    methods: list[str] = []
    for file in own:
        for service in file.service:
            names: list[str] = []
            for method in service.method:
                names.append(re.sub(r"(?<!^)(?=[A-Z])", "_", method.name).upper())
                parts = [
                    ".".join((modules[name], name.rpartition(".")[2]))
                    for name in (method.input_type[1:], method.output_type[1:])
                ]
                text = ", ".join((f'"{file.package}.{service.name}"', f'"{method.name}"', *parts))
                methods.append(f"{names[-1]} = Method({text})")
            methods.append(f"{service.name.upper()} = ({', '.join(names)})\n")
    used = sorted({module for module in modules.values() if any(f"{module}." in line for line in methods)})
    text = _SERVICES.format(package=package, modules=", ".join(used), methods="\n".join(methods))
    (target / "services.py").write_text(text)


def _module(file: FileDescriptorProto) -> str:
    return f"{Path(file.name).stem}_pb2"


def _bytes(file: FileDescriptorProto) -> str:
    """The descriptor as a literal, in lines that a reviewer can compare."""
    data = file.SerializeToString(deterministic=True)
    lines = [repr(data[start : start + 64]) for start in range(0, len(data), 64)]
    return "(\n        " + "\n        ".join(lines) + "\n    )"


if __name__ == "__main__":
    main(*sys.argv[1:])
