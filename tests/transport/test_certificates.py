"""Which certificate authorities are trusted: by argument, by the variables of curl and requests, and the system's."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp  # noqa: F401
import httpcore2  # noqa: F401
import httpx2  # noqa: F401 - imported before there is an event loop, since importing it reads files
import pytest
import trustme

import anyqpu
from anyqpu import RetryPolicy, errors
from tests.transport.raw_server import BODY, RawServer, raw_server, response

pytestmark = pytest.mark.anyio

ONCE = RetryPolicy(attempts=1)
VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


@pytest.fixture(scope="module")
def cloud(authority: trustme.CA) -> Iterator[RawServer]:
    """A server whose certificate only this authority vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with raw_server(lambda number, head, sock: response(BODY), context) as server:
        yield server


async def ask(cloud: RawServer, **options: Any) -> str:
    async with anyqpu.connect("kipu", token="t", base_url=cloud.url, retry=ONCE, **options) as kipu:
        return (await kipu.job("j1")).id


LIBRARIES = ["httpx", "httpx2", "aiohttp"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_untrusted_certificate_is_reported_once_with_a_hint(
    anyio_backend: str, cloud: RawServer, library: str
) -> None:
    if library == "aiohttp" and anyio_backend == "trio":
        return
    with pytest.raises(errors.CertificateError, match=r"is not trusted: .*verify= or SSL_CERT_FILE") as caught:
        await ask(cloud, transport=library)
    assert caught.value.retryable is False
    assert cloud.place in str(caught.value)


async def test_a_certificate_for_another_host_is_not_trusted(
    anyio_backend: str, authority: trustme.CA, bundle: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    with raw_server(lambda number, head, sock: response(BODY), context) as other:
        with pytest.raises(errors.CertificateError, match=r"not valid for '127\.0\.0\.1'"):
            await ask(other, verify=bundle)


@pytest.mark.parametrize("variable", VARIABLES)
async def test_each_variable_names_a_bundle(
    anyio_backend: str, cloud: RawServer, bundle: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(bundle))
    assert await ask(cloud) == "j1"


@pytest.fixture
def folder(bundle: Path, tmp_path: Path) -> Path:
    """A folder as OpenSSL wants it: the file is named by the hash of the certificate's subject."""
    openssl = shutil.which("openssl")
    assert openssl is not None, "the tests need the program openssl"
    command = [openssl, "x509", "-hash", "-noout", "-in", str(bundle)]
    hashed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    folder = tmp_path / "certs"
    folder.mkdir()
    shutil.copy(bundle, folder / f"{hashed}.0")
    return folder


@pytest.mark.parametrize("variable", ["SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "verify"])
async def test_a_folder_of_hashed_files(
    anyio_backend: str, cloud: RawServer, folder: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable == "verify":
        assert await ask(cloud, verify=folder) == "j1"
        return
    missing = f"/nowhere:{folder}" if variable == "SSL_CERT_DIR" else str(folder)
    monkeypatch.setenv(variable, missing)
    assert await ask(cloud) == "j1"


async def test_what_any_variable_names_is_trusted_and_an_argument_replaces_them_all(
    anyio_backend: str, cloud: RawServer, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    assert await ask(cloud) == "j1"
    with pytest.raises(errors.CertificateError):
        await ask(cloud, verify=other)


async def test_a_bundle_that_was_replaced_is_read_again(
    anyio_backend: str, cloud: RawServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = bundle.read_bytes()
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    trustme.CA().cert_pem.write_to_path(str(bundle))
    with pytest.raises(errors.CertificateError):
        await ask(cloud)
    bundle.write_bytes(good + b"\n")
    assert await ask(cloud) == "j1"


def bad_files(tmp_path: Path) -> dict[str, tuple[str, str]]:
    """Values, and what the error says of each."""
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("canary: not a certificate")
    (tmp_path / "broken").write_text("-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n")
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    (tmp_path / "folder").mkdir()
    return {
        "missing": (str(tmp_path / "missing"), "no such file or folder"),
        "below a file": (str(tmp_path / "text" / "x"), "not a directory"),
        "empty": (str(tmp_path / "empty"), "no certificates in the file"),
        "text": (str(tmp_path / "text"), "no certificates in the file"),
        "broken": (str(tmp_path / "broken"), "no certificates in the file"),
        "binary": (str(tmp_path / "binary"), "no certificates in the file"),
        "an empty folder": (str(tmp_path / "folder"), "folder"),
    }


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("variable", [*VARIABLES, "SSL_CERT_DIR", "option verify"])
async def test_a_file_that_cannot_be_used_is_named_with_its_variable(
    anyio_backend: str, library: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, reason in bad_files(tmp_path).values():
        options: dict[str, Any] = {"transport": library}
        if variable == "option verify":
            options["verify"] = path
        else:
            monkeypatch.setenv(variable, path)
        async with anyqpu.connect("kipu", token="t", base_url="https://127.0.0.1:9", retry=ONCE, **options) as kipu:
            with pytest.raises(errors.ConfigError, match=f"{variable}: .*{reason}") as caught:
                await kipu.job("j1")
        assert path in str(caught.value)
        assert "canary" not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="access is another matter there")
async def test_a_file_that_may_not_be_read_is_named(
    anyio_backend: str, cloud: RawServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any, **options: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    # Tests often run as root, who may read everything.
    monkeypatch.setattr("anyqpu.transport.certificates.open", refuse, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    with pytest.raises(errors.ConfigError, match=r"SSL_CERT_FILE: permission denied: "):
        await ask(cloud)


@pytest.mark.parametrize("verify", [False, True, 5, b"ca.pem"])
async def test_checks_cannot_be_turned_off(anyio_backend: str, cloud: RawServer, verify: object) -> None:
    with pytest.raises(errors.ConfigError, match="Certificates are always checked"):
        await ask(cloud, verify=verify)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_the_store_of_the_operating_system_can_be_used(
    anyio_backend: str, cloud: RawServer, bundle: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if library == "aiohttp" and anyio_backend == "trio":
        return
    # A file of this name is not meant; `Path("system")` would be.
    monkeypatch.chdir(bundle.parent)
    bundle.with_name("system").write_bytes(bundle.read_bytes())
    with pytest.raises(errors.CertificateError):
        await ask(cloud, verify="system", transport=library)
    assert await ask(cloud, verify=Path("system"), transport=library) == "j1"


async def test_a_missing_extra_is_named(anyio_backend: str, cloud: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "truststore", None)
    monkeypatch.setattr("anyqpu.transport.certificates.system_context", _uncached())
    with pytest.raises(errors.ConfigError, match=r"needs the package truststore.*anyqpu\[truststore\]"):
        await ask(cloud, verify="system")


def _uncached() -> Any:
    from anyqpu.transport import certificates

    return certificates.system_context.__wrapped__
