"""What the sign-in library asks of the product: who may sign up, where links in mail lead, what is on record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from core import clock
from core.accounts import services
from core.accounts.models import User
from core.audit import services as audit


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are added, not signed up; links start with PUBLIC_URL; changes of password and address are on record.

    Who signs in for the first time gets the time zone of their browser.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, secret = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": secret})
        return settings.PUBLIC_URL + path

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def login(self, request: HttpRequest, user: User) -> None:
        services.take_browser_zone(person=user, time_zone=request.POST.get("time_zone", ""), at=clock.now())
        super().login(request, user)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        self._record(user, "change_password")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        is_confirmed = bool(super().confirm_email(request, email_address))
        if is_confirmed:
            self._record(email_address.user, "confirm_email", email=email_address.email)
        return is_confirmed

    def _record(self, person: User, verb: str, **changes: str) -> None:
        subject = f"person:{person.pk}"
        audit.record(by=person, at=clock.now(), verb=verb, subject=subject, label=str(person), changes=changes)
