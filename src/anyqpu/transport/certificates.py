"""TLS contexts: which certificate authorities are trusted, from an argument, environment variables or the system.

Everything here reads files and is called in worker threads. httpx's own choice of authorities is passed in, so that it
is imported in one file.
"""

from __future__ import annotations

import importlib
import os
import re
import ssl
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from anyqpu.errors import ConfigError, printable

Verify = str | Path | ssl.SSLContext | None

ARGUMENT = "option verify"
SYSTEM = "system"
# OpenSSL, and with it Python and httpx, reads the first two; requests the next two, and curl the last.
FILES, FOLDERS, FILE_OR_FOLDER = ("SSL_CERT_FILE", "CURL_CA_BUNDLE"), "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"
VARIABLES = ("SSL_CERT_FILE", FOLDERS, FILE_OR_FOLDER, "CURL_CA_BUNDLE")
# How OpenSSL finds a certificate in a folder: by the hash of its subject.
HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")
PEM_HINT = "It must hold certificates in PEM form (-----BEGIN CERTIFICATE-----)"
HASH_HINT = "Its files must be named by hash, as `openssl rehash` does"


def make_context(
    verify: Verify, usual: Callable[[], ssl.SSLContext], *, http2: bool, environ: Mapping[str, str] | None = None
) -> ssl.SSLContext:
    """Return the TLS context for a client; one that was made from the same files is shared.

    Args:
        verify: A file or folder of certificate authorities, `"system"`, or a context. None leaves it to the variables
            SSL_CERT_FILE, SSL_CERT_DIR, REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE: what any of them names is trusted.
        usual: Makes a context with the authorities that are trusted otherwise.
        http2: Offer HTTP/2.

    Raises:
        ConfigError: A file or folder cannot be used; the error names it and the variable.
    """
    if isinstance(verify, ssl.SSLContext):
        return verify
    alpn = ("h2", "http/1.1") if http2 else ("http/1.1",)
    if verify == SYSTEM:
        return system_context(alpn)
    environ = os.environ if environ is None else environ
    sources = _from_environment(environ) if verify is None else [(ARGUMENT, _path(verify))]
    return _of_files(tuple((source, path, _changed(source, path)) for source, path in sources), usual, alpn)


def _path(verify: object) -> str:
    if not isinstance(verify, str | Path):
        raise ConfigError(
            f"{ARGUMENT} must be a file or folder of certificate authorities, 'system', or an ssl.SSLContext",
            hint="Certificates are always checked: name the file of the authority that you trust",
        )
    return str(verify)


def _from_environment(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the variables that are set, and the files or folders that they name, each once."""
    names: dict[str, str] = {}
    for name in VARIABLES:
        value = environ.get(name, "").strip()
        paths = [value] if value else []
        if value and name == FOLDERS:
            folders = [folder for folder in value.split(os.pathsep) if folder]
            # OpenSSL skips folders that do not exist; a variable that names no other is a mistake.
            paths = [folder for folder in folders if _is_folder(folder)] or folders
        for path in paths:
            names.setdefault(path, name)
    return [(name, path) for path, name in names.items()]


def _is_folder(path: str) -> bool:
    try:
        return os.path.isdir(path)
    except ValueError:
        return False


def _changed(source: str, path: str) -> tuple[int, int]:
    """Return what differs once a file has been replaced. Raises `ConfigError` if it does not exist."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        reason = "no such file or folder" if isinstance(error, FileNotFoundError | ValueError) else _reason(error)
        raise ConfigError(f"{source}: {reason}: {printable(path)}") from None
    return status.st_mtime_ns, status.st_size


@lru_cache(32)
def _of_files(
    sources: tuple[tuple[str, str, object], ...], usual: Callable[[], ssl.SSLContext], alpn: tuple[str, ...]
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if sources else usual()
    for source, path, _ in sources:
        _load(context, source, path)
    context.set_alpn_protocols(list(alpn))
    return context


def _load(context: ssl.SSLContext, source: str, path: str) -> None:
    shown = printable(path)
    problem: ConfigError | None = None
    try:
        if not os.path.isdir(path):
            with open(path, "rb"):
                pass  # OpenSSL would not say that it may not be read
            context.load_verify_locations(cafile=path)
        elif source in FILES:
            problem = ConfigError(f"{source}: is a folder and must be a file: {shown}", hint=f"For folders: {FOLDERS}")
        elif _has_certificates(path):
            context.load_verify_locations(capath=path)
        else:
            problem = ConfigError(f"{source}: no certificates in the folder {shown}", hint=HASH_HINT)
    except ssl.SSLError:
        problem = ConfigError(f"{source}: no certificates in the file {shown}", hint=PEM_HINT)
    except OSError as error:
        problem = ConfigError(f"{source}: {_reason(error)}: {shown}")
    if problem is not None:
        raise problem


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or "cannot be read").lower()


@lru_cache(8)
def system_context(alpn: tuple[str, ...]) -> ssl.SSLContext:
    """Return a context that trusts what the operating system trusts, as its browsers do."""
    try:
        truststore = importlib.import_module("truststore")
    except ImportError:
        truststore = None
    if truststore is None:
        raise ConfigError(f"verify='{SYSTEM}' needs the package truststore", hint="pip install 'anyqpu[truststore]'")
    # Where OpenSSL knows the place of the store, it reads it here and once; truststore does so for each connection.
    kind = ssl.SSLContext if _openssl_finds_store() else truststore.SSLContext
    context: ssl.SSLContext = kind(ssl.PROTOCOL_TLS_CLIENT)
    if kind is ssl.SSLContext:
        context.load_default_certs()
    context.set_alpn_protocols(list(alpn))
    return context


def _openssl_finds_store() -> bool:
    if sys.platform in ("win32", "darwin"):
        return False
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile) or (bool(paths.capath) and _has_certificates(paths.capath))


def _has_certificates(folder: str) -> bool:
    return any(HASHED.fullmatch(name) for name in os.listdir(folder))
