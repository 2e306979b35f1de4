"""Read small files safely, whatever lies at their path."""

from __future__ import annotations

import os
import stat


class UnreadableFileError(Exception):
    """A file cannot be read. The text is the reason alone, fit to be shown: no path and nothing of the content."""


def read_regular(path: str | os.PathLike[str], *, limit: int) -> tuple[bytes, os.stat_result] | None:
    """Return the content of a file of at most `limit` bytes, and its `stat`; None if it does not exist.

    A folder, a pipe or a device is refused at once: reading one could wait for ever.

    Raises:
        UnreadableFileError: The file cannot be read, is not a regular file, or is too long.
    """
    try:
        # Not blocking, in case it is a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:  # ValueError: the path holds a null character
        raise UnreadableFileError(_reason(error)) from None
    try:
        # The open file's facts, so that they cannot be those of another file by the time it is read.
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFileError("it is not a regular file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise UnreadableFileError(_reason(error)) from None
    finally:
        os.close(handle)
    if len(content) > limit:
        raise UnreadableFileError(f"it is longer than {limit // 1024} KiB")
    return content, facts


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or ("the path is not valid" if isinstance(error, ValueError) else "failed")
