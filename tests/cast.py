"""The cast: Alice, who owns, Bob, her colleague, and Charlie, the outsider. Every test tells its story with them."""

import pytest

from core.accounts.models import User

PASSWORD = "correct horse battery staple"


@pytest.fixture
def alice(db: None) -> User:
    """Alice may create programs and owns what a story is about."""
    return User.objects.create_user(
        "alice@example.org", PASSWORD, name="Alice Archer", time_zone="Europe/London", may_create_programs=True
    )


@pytest.fixture
def bob(db: None) -> User:
    """Bob works with Alice."""
    return User.objects.create_user("bob@example.org", PASSWORD, name="Bob Baker", time_zone="America/New_York")


@pytest.fixture
def charlie(db: None) -> User:
    """Charlie has an account and is part of nothing."""
    return User.objects.create_user("charlie@example.org", PASSWORD, name="Charlie Carter", time_zone="Asia/Shanghai")
