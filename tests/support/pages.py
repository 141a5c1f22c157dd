"""Pages as a test reads them: a person's browser without a browser, and what a page says."""

import re
from typing import Any

from django.test import Client

from core.accounts.models import User


def signed_in(person: User) -> Client:
    """Return a client of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    """Return what a page is made of, each stretch of white space as one blank, and none at the edges of an element."""
    whole = " ".join(answer.content.decode().split())
    return re.sub(r"(<[a-z][^<>]*>) | (?=</)", r"\1", whole)


def read(client: Client, address: str, status: int = 200) -> str:
    """Return the text of a page, its blanks made one."""
    answer = client.get(address)
    assert answer.status_code == status
    return text(answer)


def sent(client: Client, address: str, status: int = 302, /, **values: Any) -> str:
    """Send a form and return what the page says."""
    answer = client.post(address, values)
    assert answer.status_code == status, answer.content.decode()
    return text(answer)
