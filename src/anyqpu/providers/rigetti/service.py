"""What belongs to no account: health, client applications, passwords."""

from __future__ import annotations

from anyqpu_raw.rigetti.client import RawClient
from anyqpu_raw.rigetti.models import (
    AuthEmailPasswordResetTokenRequest,
    AuthResetPasswordRequest,
    AuthResetPasswordWithTokenRequest,
    CheckClientApplicationRequest,
)

from anyqpu.core.arguments import checked_text, is_text
from anyqpu.core.jobs import JobsClient
from anyqpu.errors import ValidationError
from anyqpu.providers.rigetti import account_mapping, mapping
from anyqpu.providers.rigetti.records import ClientApplication, VersionCheck


class RigettiService(JobsClient[RawClient]):
    """The part of the client that deals with the service itself."""

    async def health(self) -> str:
        """What the service says of itself, in its own word, such as `PASS` (GetHealth)."""
        return account_mapping.health_of(await self.raw.get_health())

    async def check_health(self) -> None:
        """Whether the API answers at all: returns if it does, and raises what any call raises if not (HealthCheck)."""
        await self.raw.health_check()

    # Client applications

    async def client_applications(self) -> list[ClientApplication]:
        """Rigetti's programs for its users; the list has no pages (ListClientApplications)."""
        listed = await self.raw.list_client_applications()
        return mapping.each_of(listed, "client_applications", account_mapping.application_of)

    async def client_application(self, name: str) -> ClientApplication:
        """One of them by its name, such as `"pyquil"` (GetClientApplication); raises `NotFoundError`."""
        mapping.needed(name, "name", "pyquil")
        return account_mapping.application_of(await self.raw.get_client_application(name))

    async def check_client_application(self, name: str, version: str) -> VersionCheck:
        """Whether a version is the latest, and still supported (CheckClientApplication).

        Raises:
            NotFoundError: There is no such program.
            ValidationError: The version is none.
        """
        body = CheckClientApplicationRequest(
            name=mapping.needed(name, "name", "pyquil"), version=mapping.needed(version, "version", "3.5.0")
        )
        return account_mapping.version_check_of(await self.raw.check_client_application(body=body))

    # Passwords

    async def change_password(self, *, old_password: str, new_password: str) -> None:
        """Change the password of the token's user (AuthResetPassword).

        Raises:
            AuthenticationError: The old one is wrong.
            ValidationError: The new one is not acceptable.
        """
        body = AuthResetPasswordRequest(
            old_password=_secret(old_password, "old_password"), new_password=_secret(new_password, "new_password")
        )
        await self.raw.auth_reset_password(body=body)

    async def email_password_reset_token(self, email: str) -> None:
        """Have a token mailed with which a forgotten password is replaced (AuthEmailPasswordResetToken).

        The service does not tell whether there is such a user.
        """
        body = AuthEmailPasswordResetTokenRequest(email=checked_text(email, "email", "ada@example.org", self.provider))
        await self.raw.auth_email_password_reset_token(body=body)

    async def reset_password(self, *, token: str, new_password: str) -> None:
        """Replace a forgotten password, with the token from the mail (AuthResetPasswordWithToken).

        Raises:
            ValidationError: The token is unknown or has expired, or the password is not acceptable.
        """
        body = AuthResetPasswordWithTokenRequest(
            token=_secret(token, "token"), new_password=_secret(new_password, "new_password")
        )
        await self.raw.auth_reset_password_with_token(body=body)


def _secret(value: object, name: str) -> str:
    """Return a credential; raise `ValidationError`, which does not show it, for what is not a text."""
    if isinstance(value, str) and is_text(value):
        return value
    raise ValidationError(f"{name} is not a text that can be sent", provider=mapping.PROVIDER, fields=(name,))
