"""What takes long and tells nothing about the database is looked at once, when the suite runs on SQLite."""

import os

import pytest

once = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looked at once: in the suite on SQLite")
