"""The user of the token: profile, announcements, onboarding; and the activation of an invited user."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.persistence import Schema, Table
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import ANNOUNCEMENTS, ME
from .errors import QcsError
from .fields import needed_text, new_password, stamp
from .paging import page
from .store import Store

_NAMES = ("firstName", "lastName", "organization")


class ViewerHandlers(Handlers[Store, Auth]):
    """Operations on the user whom every token speaks for."""

    def __init__(self, store: Store, auth: Auth) -> None:
        """Begin with what the state file has."""
        super().__init__(store, auth)
        # By name: `profile`, `onboarding`, and `dismissed/<id>` for announcements.
        self._records: Table[Any] = store.context.table(Schema("rigetti.viewer"))

    def _user(self) -> dict[str, Any]:
        view = ME.view(stamp(self.store.began))
        return view | {"profile": view["profile"] | self._records.get("profile", {})}

    @handles("AuthGetUser")
    async def _get_user(self, request: Request) -> Response:
        return json_response(self._user())

    @handles("UpdateViewerUserProfile")
    async def _update_profile(self, request: Request) -> Response:
        self._records["profile"] = {name: needed_text(request.state.body, name) for name in _NAMES}
        return json_response(self._user())

    @handles("ListViewerAnnouncements")
    async def _announcements(self, request: Request) -> Response:
        created, everything = stamp(self.store.began), request.state.query["includeDismissed"]
        shown = [one for one in ANNOUNCEMENTS if everything or not self._is_dismissed(one["id"])]
        return page(request, "announcements", [{**one, "createdAt": created, "active": True} for one in shown])

    @handles("DismissViewerAnnouncement")
    async def _dismiss(self, request: Request) -> Response:
        number = request.path_params["announcementId"]
        if number not in {str(one["id"]) for one in ANNOUNCEMENTS}:
            raise QcsError(404, f"there is no announcement {number!r}")
        self._records[f"dismissed/{number}"] = True
        return Response()

    def _is_dismissed(self, number: int) -> bool:
        return f"dismissed/{number}" in self._records

    @handles("GetViewerUserOnboardingCompleted")
    async def _onboarding(self, request: Request) -> Response:
        return json_response({"onboardingCompleted": self._records.get("onboarding", False)})

    @handles("PutViewerUserOnboardingCompleted")
    async def _put_onboarding(self, request: Request) -> Response:
        # The body is optional: without one, nothing changes.
        self._records["onboarding"] = request.state.body.get("onboardingCompleted", False)
        return await self._onboarding(request)

    @handles("ActivateUser")
    async def _activate(self, request: Request) -> Response:
        body = request.state.body
        if not body:
            raise QcsError(422, "the body is missing", where="body")
        new_password(body["credentials"]["password"], "value")
        if "denied" in needed_text(body, "token"):
            message = "the token is unknown or has expired"
            raise QcsError(422, message, where="body", path=("token",))
        return Response(status_code=204)
