"""A large program for measurements, in whatever installation Django was set up for, and a session of its manager."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from core.accounts.models import User
from tests.support import big_program


def main() -> None:
    """Make the program and its manager, and print the cookie of the session."""
    manager = User.objects.create_user(email="alice@example.org", name="Alice Archer")
    big_program.read_often(big_program.make(manager, size=big_program.LARGE), big_program.READINGS)
    session = SessionStore()
    session[SESSION_KEY] = str(manager.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = manager.get_session_auth_hash()
    session.create()
    print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
