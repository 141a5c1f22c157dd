"""The environment of a test run, fixed before Django reads it; pytest loads this first of all (`-p`)."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.support import sockets

CATALOGUE = Path(__file__).parents[2] / "backend/settings/environment.py"
# Read, not imported: importing it would load the settings. Empty means the product's default;
# DATABASE_URL is the caller's, who says which database the suite runs on.
NAMES = {*re.findall(r'Variable\(\s*"(\w+)"', CATALOGUE.read_text())} - {"DATABASE_URL"}
HERMETIC = {
    **dict.fromkeys(NAMES, ""),
    "SECRET_KEY": "a key for tests alone, long enough for every signature",
    "TRACKER_DATA": tempfile.mkdtemp(prefix="tracker-tests-"),
}

os.environ.update(HERMETIC)
atexit.register(shutil.rmtree, HERMETIC["TRACKER_DATA"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Close the sockets of this process but for loopback."""
    sockets.close_all_but_loopback()
