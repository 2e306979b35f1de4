"""What belongs to no account: health, client applications, passwords."""

from __future__ import annotations

from anyqpu_raw.rigetti.client import RawClient
from anyqpu_raw.rigetti.models import (
    AuthEmailPasswordResetTokenRequest,
    AuthResetPasswordRequest,
    AuthResetPasswordWithTokenRequest,
    CheckClientApplicationRequest,
)

from anyqpu.providers.jobs import JobsClient
from anyqpu.providers.rigetti import mapping
from anyqpu.providers.rigetti.records import ClientApplication, VersionCheck


class RigettiService(JobsClient[RawClient]):
    """The part of the client that deals with the service itself."""

    async def health(self) -> str:
        """What the service says of itself, in its own word, such as `PASS` (GetHealth)."""
        return (await self.raw.get_health()).status

    async def check_health(self) -> None:
        """Whether the API answers at all: returns if it does, and raises what any call raises if not (HealthCheck)."""
        await self.raw.health_check()

    # Client applications

    async def client_applications(self) -> list[ClientApplication]:
        """Rigetti's programs for its users; the list has no pages (ListClientApplications)."""
        listed = await self.raw.list_client_applications()
        return [mapping.application_of(each) for each in listed.client_applications]

    async def client_application(self, name: str) -> ClientApplication:
        """One of them by its name, such as `"pyquil"` (GetClientApplication); raises `NotFoundError`."""
        mapping.needed(name, "name", "pyquil")
        return mapping.application_of(await self.raw.get_client_application(name))

    async def check_client_application(self, name: str, version: str) -> VersionCheck:
        """Whether a version is the latest, and still supported (CheckClientApplication).

        Raises:
            NotFoundError: There is no such program.
            ValidationError: The version is none.
        """
        body = CheckClientApplicationRequest(
            name=mapping.needed(name, "name", "pyquil"), version=mapping.needed(version, "version", "3.5.0")
        )
        raw = await self.raw.check_client_application(body=body)
        return VersionCheck(
            is_latest=raw.is_latest_version, update_required=raw.is_update_required, message=raw.message, raw=raw
        )

    # Passwords

    async def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change the password of the token's user (AuthResetPassword).

        Raises:
            AuthenticationError: The old one is wrong.
            ValidationError: The new one is not acceptable.
        """
        body = AuthResetPasswordRequest(old_password=old_password, new_password=new_password)
        await self.raw.auth_reset_password(body=body)

    async def email_password_reset_token(self, email: str) -> None:
        """Have a token mailed with which a forgotten password is replaced (AuthEmailPasswordResetToken).

        The service does not tell whether there is such a user.
        """
        body = AuthEmailPasswordResetTokenRequest(email=mapping.needed(email, "email", "ada@example.org"))
        await self.raw.auth_email_password_reset_token(body=body)

    async def reset_password(self, *, token: str, new_password: str) -> None:
        """Replace a forgotten password, with the token from the mail (AuthResetPasswordWithToken).

        Raises:
            ValidationError: The token is unknown or has expired, or the password is not acceptable.
        """
        body = AuthResetPasswordWithTokenRequest(token=token, new_password=new_password)
        await self.raw.auth_reset_password_with_token(body=body)
