"""`make picture`: the README's picture made again, of the sample as it stands on the day that its file tells of."""

import datetime as dt
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from backend.processes.sample import MANAGER
from tests.architecture.tree import ROOT
from tests.faults.product import Product, installed

SAMPLE = ROOT / "programs/data/one-customer.yaml"
PICTURE = ROOT / "docs/program.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, MARGIN = 1280, 24
NINE = dt.time(9, tzinfo=dt.UTC)


def clock_offset() -> int:
    """Return the seconds that bring the product's clock to the morning of the sample's status date."""
    found = re.search(r"^status_date: (\S+)$", SAMPLE.read_text(), re.MULTILINE)
    assert found
    morning = dt.datetime.combine(dt.date.fromisoformat(found[1]), NINE)
    return int((morning - dt.datetime.now(dt.UTC)).total_seconds())


def executable() -> str:
    """Return the browser's path: CHROMIUM, else the first found."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    if not path:
        sys.exit(f"no browser: none of {', '.join(BROWSERS)} is on the PATH and CHROMIUM names none")
    return path


def enter(page: Page, product: Product) -> None:
    """Sign in as the sample's manager, by a link."""
    page.goto(product.run("signin-link", MANAGER).stdout.strip())
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


def main() -> int:
    """Start the product, look at the sample's program, and keep what is seen."""
    with (
        tempfile.TemporaryDirectory(prefix="tracker-picture-") as folder,
        installed(Path(folder) / "data", TRACKER_CLOCK_OFFSET=str(clock_offset())) as product,
        sync_playwright() as driver,
    ):
        product.start("--sample")
        browser = driver.chromium.launch(executable_path=executable(), args=["--no-sandbox", "--hide-scrollbars"])
        context = browser.new_context(viewport={"width": WIDTH, "height": 900}, color_scheme="light", locale="en-GB")
        page = context.new_page()
        enter(page, product)
        page.goto(f"http://127.0.0.1:{product.port}/programs/ONE/")
        lanes = page.locator("#lanes").bounding_box()
        assert lanes
        height = lanes["y"] + lanes["height"] + MARGIN
        page.screenshot(path=PICTURE, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
        browser.close()
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
