"""The environment of a test run, fixed before Django reads it; pytest loads this first of all (`-p`)."""

import atexit
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support import sockets

CATALOGUE = Path(__file__).parents[2] / "backend/settings/environment.py"
# Read, not imported: importing it would load the settings. Empty means the product's default;
# DATABASE_URL is the caller's, who says which database the suite runs on.
NAMES = {*re.findall(r'Variable\(\s*"(\w+)"', CATALOGUE.read_text())} - {"DATABASE_URL"}

# The folder that the processes of one run share: workers inherit it from whoever starts them, and removes it.
if "TESTS_SHARED" not in os.environ:
    os.environ["TESTS_SHARED"] = tempfile.mkdtemp(prefix="tracker-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_SHARED"], ignore_errors=True)
SHARED = Path(os.environ["TESTS_SHARED"])

HERMETIC = {
    **dict.fromkeys(NAMES, ""),
    "SECRET_KEY": "a key for tests alone, long enough for every signature",
    "TRACKER_DATA": tempfile.mkdtemp(prefix="data-", dir=SHARED),
}
os.environ.update(HERMETIC)

# Workers and the products that tests start would compile every module again and again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Close the sockets of this process but for loopback."""
    sockets.close_all_but_loopback()
