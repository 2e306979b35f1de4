"""Health, passwords, and client applications."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import APPLICATIONS
from .errors import QcsError, invalid
from .fields import needed_text, new_password
from .store import Store

_VERSION = re.compile(r"v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:[-+.][0-9A-Za-z.+-]{0,64})?")


class GeneralHandlers(Handlers[Store, Auth]):
    """Operations that take no account."""

    @handles("GetHealth")
    async def _health(self, request: Request) -> Response:
        return json_response({"status": "PASS"})

    @handles("HealthCheck", "HealthCheckDeprecated")
    async def _check_health(self, request: Request) -> Response:
        return json_response({})

    @handles("AuthResetPassword")
    async def _reset_password(self, request: Request) -> Response:
        body = request.state.body
        old = needed_text(body, "oldPassword")
        new_password(body, "newPassword")
        if "denied" in old:
            raise QcsError(401, "oldPassword is wrong")
        return Response(status_code=204)

    @handles("AuthResetPasswordWithToken")
    async def _reset_with_token(self, request: Request) -> Response:
        body = request.state.body
        token = needed_text(body, "token")
        new_password(body, "newPassword")
        if "denied" in token:
            message = "the token is unknown or has expired"
            raise QcsError(422, message, code="invalid_password_reset_token", where="body", path=("token",))
        return Response(status_code=204)

    @handles("AuthEmailPasswordResetToken")
    async def _email_token(self, request: Request) -> Response:
        # Does not reveal whether the user exists, and sends no mail.
        email = needed_text(request.state.body, "email")
        if "@" not in email.strip("@"):
            raise invalid("email should be an address", "body", "email")
        return Response(status_code=204)

    @handles("ListClientApplications")
    async def _applications(self, request: Request) -> Response:
        return json_response({"clientApplications": list(APPLICATIONS.values())})

    @handles("GetClientApplication")
    async def _application(self, request: Request) -> Response:
        return json_response(_application(request.path_params["clientApplicationName"]))

    @handles("CheckClientApplication")
    async def _check_application(self, request: Request) -> Response:
        body = request.state.body
        name, version = needed_text(body, "name"), _version(needed_text(body, "version"))
        record = _application(name)
        latest, least = _version(record["latestVersion"]), _version(record["minimumVersion"])
        message = "This is the latest version."
        if version < least:
            message = f"Version {record['minimumVersion']} or later of {name} is required."
        elif version < latest:
            message = f"Version {record['latestVersion']} of {name} is available."
        return json_response(
            {"isLatestVersion": version >= latest, "isUpdateRequired": version < least, "message": message}
        )


def _application(name: str) -> dict[str, str]:
    application = APPLICATIONS.get(name)
    if application is None:
        raise QcsError(404, f"there is no client application {name!r}; there are {', '.join(APPLICATIONS)}")
    return application


def _version(value: str) -> tuple[int, ...]:
    match = _VERSION.fullmatch(value.strip())
    if match is None:
        raise invalid(f"version should be like 1.2.3, not {value!r}", "body", "version")
    return tuple(int(part or 0) for part in match.groups())
