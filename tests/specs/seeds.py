"""The folders of the documents that were received first. An update moves the files of one to `earlier/`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scripts.documents import SPECS

# Of the documents as received: they are never edited.
SHA256 = {
    "scaleway": "5a24772f76fed4fc0cb0e6ad69c62417a1f7c8a53af2255ab122a0cbd029cc4f",
    "kipu": "a1d2c0b861695628287d9fbbcbd8f17ffa69cc89c5204424adb8e9152382e34b",
    "pasqal": "e9b655baac4ef8c0a14a7e903696854f3ea65aaab180f4f46f7c738508a68918",
    "rigetti": "7868de6dc6740465936e97cd32f945558c60e26f5bfd260cc7a7fcff87d26c63",
}


def folder_of(provider: str) -> Path:
    """The folder with the first document, and with all files that belong to it."""
    for file in sorted((SPECS / provider).rglob("upstream.*")):
        if hashlib.sha256(file.read_bytes()).hexdigest() == SHA256[provider]:
            return file.parent
    raise LookupError(f"specs/{provider} does not have the document that was received first")
