"""What every test stands on: the cast, the clock, quick passwords, and final rows that still leave between tests."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django import DjangoDbBlocker, Settings

from core import clock as product_clock
from tests.support import databases
from tests.support.flush import lift_triggers_while_flushing

pytest_plugins = ["tests.cast", "tests.work", "tests.assessments.found", "tests.support.api", "tests.support.browser"]


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Change, before Django is set up, the few settings that only make sense outside a test."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # No manifest: nothing is collected in a test.
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # The folder of collected files is there wherever the product runs; whitenoise warns where it is not.
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # How long an example takes says how busy the machine is, and nothing about the product.
    properties.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    properties.load_profile("suite")
    lift_triggers_while_flushing()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind on a database server."""
    if not hasattr(config, "workerinput"):
        databases.remove_template()


@pytest.fixture(scope="session")
def database_template(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The migrated database that is there to be copied."""
    with django_db_blocker.unblock():
        databases.migrate_template()


@pytest.fixture(scope="session")
def django_db_setup(database_template: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process's database, in place of pytest-django's, which would migrate each."""
    name = databases.own_name()
    with django_db_blocker.unblock(), databases.copied(name), databases.connected_to(name):
        yield


class Clock:
    """Moves the product's clock, which goes on ticking from where it was put."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def now(self) -> dt.datetime:
        """Return the product's present instant."""
        return product_clock.now()

    def move_to(self, instant: dt.datetime) -> None:
        """Put the clock to an instant."""
        self.advance(instant - self.now())

    def advance(self, by: dt.timedelta) -> None:
        """Put the clock forward, or back."""
        self._settings.TRACKER_CLOCK_OFFSET += by.total_seconds()


@pytest.fixture
def clock(settings: Settings, db: None) -> Clock:
    """The product's clock, in a test's hands; it is right again at the end."""
    return Clock(settings)
