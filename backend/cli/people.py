"""People at the command line: the first one, links that sign in, and tokens."""

import argparse

from django.conf import settings
from django.urls import reverse

from backend.cli.runner import Failure, write
from core import clock
from core.accounts import services
from core.accounts.models import User


def add_user(arguments: argparse.Namespace) -> None:
    """Let a person sign in, and print the link with which they do so first."""
    person = services.add_person(
        email=arguments.email,
        name=arguments.name,
        is_staff=arguments.staff,
        may_create_programs=arguments.staff,
        by=None,
        at=clock.now(),
    )
    write(f"{person.email} may sign in, the first time with {_link(person)}")


def signin_link(arguments: argparse.Namespace) -> None:
    """Print a link that signs a person in, once."""
    write(_link(_person(arguments.email) if arguments.email else _first_of_staff()))


def token(arguments: argparse.Namespace) -> None:
    """Print a new personal access token; it is the last word of the line."""
    row, text = services.create_token(
        person=_person(arguments.email),
        name=arguments.name,
        scope=arguments.scope,
        days=arguments.days,
        by=None,
        at=clock.now(),
    )
    write(f"{arguments.scope} token of {row.user.email} until {row.expiry:%Y-%m-%d}: {text}")


def _person(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise Failure(f"Nobody here has the address {email}: `tracker user add {email}` adds them.")
    return person


def _first_of_staff() -> User:
    person = User.objects.filter(is_staff=True, is_active=True).order_by("id").first()
    if person is None:
        raise Failure("There is nobody of staff yet: `tracker user add EMAIL --staff` adds the first.")
    return person


def _link(person: User) -> str:
    _, secret = services.make_signin_link(person=person, at=clock.now(), by=None)
    return settings.PUBLIC_URL + reverse("signin_link", args=[secret])
