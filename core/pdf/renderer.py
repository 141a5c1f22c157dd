"""The process that makes a PDF: a whole HTML document on stdin, the PDF on stdout. Run by core.pdf alone.

Its own process, because the drawing library is large, slow beside a page, and needs Pango, a library of the system.
"""

import sys
from typing import Any, NoReturn

from noto_cjk_sans_otc import FONT_PATH

NO_PANGO = 3
FONT = FONT_PATH.as_uri()
# The font draws a Han character as the text's language does; where that has none, as simplified Chinese does.
FACE = f'''
@font-face {{ font-family: "Document"; src: url("{FONT}"); }}
@page {{ font-family: "Document"; }}
:root:not(:lang(zh), :lang(ja), :lang(ko)) {{ font-language-override: "ZHS "; }}
'''


def _stop(error: OSError) -> NoReturn:
    sys.stderr.write(f"Pango is missing: {str(error).splitlines()[0]}\n")
    raise SystemExit(NO_PANGO)


try:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher
except OSError as error:
    _stop(error)


class OnlyTheFont(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
    """Fetches the one font, and what stands in the document itself; no file, no network."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return what an address holds, or refuse it."""
        if url != FONT and not url.startswith("data:"):
            raise ValueError(f"{url} is not fetched")
        return super().fetch(url, headers)


def main() -> None:
    """Make a PDF of what stands on stdin."""
    fetcher, fonts = OnlyTheFont(), FontConfiguration()
    face = weasyprint.CSS(string=FACE, url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=fetcher)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[face], font_config=fonts))


if __name__ == "__main__":
    main()
