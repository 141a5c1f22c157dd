"""Pages as a test reads them: a person's browser without a browser, and what a page says."""

from typing import Any

from django.test import Client

from core.accounts.models import User


def signed_in(person: User) -> Client:
    """Return a client of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    """Return what a page is made of, each stretch of white space as one blank."""
    return " ".join(answer.content.decode().split())
