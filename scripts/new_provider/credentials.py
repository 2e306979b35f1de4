"""Credentials: from the security schemes of a document to the settings and the code that sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Settings for keys in headers, in the order of the schemes; none of them is ever shown.
KEYS = ("api_key", "secret_key", "access_key")


@dataclass
class Credentials:
    """What `spec.py` and `auth.py` are written from.

    Attributes:
        sets: Settings that authenticate together; the first set is the usual one.
        code: Lines of `make_auth`, each alternative with its condition.
        imports: Names that the lines need, by module.
        constants: Lines before `make_auth`.
        auth_url: Whether the provider has a token endpoint.
        notes: Schemes that the lines do not cover.
    """

    sets: list[tuple[str, ...]] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    imports: dict[str, set[str]] = field(default_factory=dict)
    constants: list[str] = field(default_factory=list)
    auth_url: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def settings(self) -> list[str]:
        """All settings, in the order in which they are named."""
        named = [name for names in self.sets for name in names]
        return list(dict.fromkeys([*named, *(["auth_url"] if self.auth_url else [])]))

    @property
    def examples(self) -> dict[str, str]:
        """A value for each setting of the first set, for the emulator and the tests."""
        return {name: f"not-a-real-{name.replace('_', '-')}" for name in (self.sets or [()])[0]}

    def take(self, module: str, *names: str) -> None:
        """Import names."""
        self.imports.setdefault(module, set()).update(names)


def credentials_of(schemes: dict[str, Any]) -> Credentials:
    """Return the credentials that a document's security schemes ask for."""
    made = Credentials()
    keys = iter(KEYS)
    for name, scheme in schemes.items():
        kind, way = scheme.get("type"), str(scheme.get("scheme", "")).lower()
        if kind == "apiKey" and scheme.get("in") in ("header", "cookie") and (key := next(keys, None)):
            _key(made, key, scheme)
        elif kind == "http" and way == "basic":
            _basic(made)
        elif kind == "oauth2":
            _oauth(made, scheme.get("flows", {}))
        elif (kind == "http" and way == "bearer") or kind == "openIdConnect":
            _bearer(made)
        else:
            where = f" in the {scheme['in']}" if "in" in scheme else ""
            made.notes.append(f"security scheme {name} ({kind}{where}): write make_auth in auth.py for it")
    return made


def _key(made: Credentials, setting: str, scheme: dict[str, Any]) -> None:
    is_header = scheme["in"] == "header"
    header, prefix = (scheme["name"], "") if is_header else ("Cookie", f"{scheme['name']}=")
    arguments = f"{{{header!r}: {setting}}}" + (f", {prefix!r}" if prefix else "")
    made.sets.append((setting,))
    made.take("anyqpu.transport.auth", "HeaderAuth")
    made.code += [
        f'    if ({setting} := settings.secret("{setting}")) is not None:',
        f"        return HeaderAuth({arguments})",
    ]


def _bearer(made: Credentials) -> None:
    if ("token",) in made.sets:
        return
    made.sets.append(("token",))
    made.take("anyqpu.transport.auth", "HeaderAuth", "TokenAuth")
    made.take("anyqpu.transport.tokens", "CallableToken", "TokenCache")
    made.code += [
        "    if token_provider is not None:",
        "        return TokenAuth(TokenCache(CallableToken(token_provider)))",
        '    if (token := settings.secret("token")) is not None:',
        '        return HeaderAuth({"Authorization": token}, "Bearer ")',
    ]


def _basic(made: Credentials) -> None:
    made.sets.append(("username", "password"))
    made.take("anyqpu.transport.auth", "HeaderAuth")
    made.take("anyqpu.transport.secret", "Secret")
    made.take("base64", "b64encode")
    made.code += [
        '    username, password = settings.get_value("username"), settings.secret("password")',
        "    if username is not None and password is not None:",
        '        pair = b64encode(f"{username}:{password.reveal()}".encode()).decode()',
        '        return HeaderAuth({"Authorization": Secret(pair)}, "Basic ")',
    ]


def _oauth(made: Credentials, flows: dict[str, Any]) -> None:
    _bearer(made)
    ways = {"clientCredentials": ("client_id", "client_secret"), "password": ("username", "password", "client_id")}
    for flow, names in ways.items():
        url = str(flows.get(flow, {}).get("tokenUrl", ""))
        if not url.startswith("https://") or names in made.sets:
            continue
        grant = "ClientCredentialsGrant" if flow == "clientCredentials" else "PasswordGrant"
        secret = names[1]
        made.sets.append(names)
        made.auth_url = True
        if not made.constants:
            made.constants.append(f"AUTH_URL = {url!r}")
        made.take("anyqpu.transport.auth", "TokenAuth")
        made.take("anyqpu.transport.oauth", grant, "TokenEndpoint")
        made.take("anyqpu.transport.tokens", "TokenCache")
        plain = [name for name in names if name != secret]
        values = [f'settings.get_value("{name}")' for name in plain]
        made.code += [
            f"    {', '.join(plain)} = {', '.join(values)}",
            f'    {secret} = settings.secret("{secret}")',
            f"    if {' and '.join(f'{name} is not None' for name in names)}:",
            '        where = settings.get_value("auth_url") or AUTH_URL',
            "        endpoint = TokenEndpoint(where, post, provider=settings.provider)",
            f"        source = {grant}(endpoint, {', '.join(f'{name}={name}' for name in names)})",
            "        return TokenAuth(TokenCache(source))",
        ]
