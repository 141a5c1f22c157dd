"""Django's settings for `make dev`: the product's own, with Django's error page and nothing kept of templates.

It is no part of what is installed, and refuses wherever others could reach the product.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from backend import settings
from backend.settings import environment, logs

LOOPBACK = "127.0.0.1"

if environment.read("PUBLIC_URL") or environment.read("HOST") != LOOPBACK:
    raise ImproperlyConfigured(
        f"`make dev` shows its insides to whoever reaches it, so it serves {LOOPBACK} alone: unset PUBLIC_URL and HOST."
    )

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

# With it Django shows its error page, and whitenoise serves stylesheets from where they are written.
DEBUG = True
MIDDLEWARE = ["tests.support.dev_middleware.readable_errors", *settings.MIDDLEWARE]


def _reading_each_time(engine: dict[str, Any]) -> dict[str, Any]:
    """Return the template engine without its cache."""
    ((partials, ((_cached, loaders),)),) = engine["OPTIONS"]["loaders"]
    return {**engine, "OPTIONS": {**engine["OPTIONS"], "loaders": [(partials, loaders)]}}


TEMPLATES = [_reading_each_time(engine) for engine in settings.TEMPLATES]
# The supervisor reads through a pipe, and a person reads the supervisor.
LOGGING = logs.configure(is_terminal=True)
