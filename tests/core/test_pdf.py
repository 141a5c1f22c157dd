"""PDFs: drawn by a process of its own, which fetches nothing, is bounded, and is said to be missing."""

import socket
import threading
from pathlib import Path

import pypdfium2
import pytest

from backend.cli import checks
from core import pdf

HELLO = "<html lang='zh-Hans'><title>One</title><style>body { font-family: Paper }</style><p>Customers 客户关系管理</p>"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_chinese_text_is_text_of_the_pdf_and_is_drawn() -> None:
    document = pdf.render(HELLO)
    assert "客户关系管理" in text_of(document)
    page = pypdfium2.PdfDocument(document)[0]
    left, _bottom, right, _top = page.get_objects().__next__().get_bounds()
    assert right > left
    picture = page.render(scale=2).to_pil().convert("L")
    inked = [count for count, shade in picture.getcolors(256) if shade < 128]
    assert sum(inked) > 500


def test_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text('p::after { content: "SECRET" }', encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        calls = (
            f"<link rel=stylesheet href='http://127.0.0.1:{port}/a.css'><link rel=stylesheet href='{secret.as_uri()}'>"
        )
        assert "SECRET" not in text_of(pdf.render(f"{calls}{HELLO}<img src='http://127.0.0.1:{port}/b.png'>"))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_text_has_a_bound() -> None:
    with pytest.raises(pdf.DocumentTooLong):
        pdf.render("x" * (pdf.MOST_BYTES + 1))


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(pdf.DocumentTooLong):
        pdf.render(HELLO)


def test_so_many_at_once_and_the_next_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    monkeypatch.setattr(pdf, "_renderers", threading.BoundedSemaphore(1))
    pdf._renderers.acquire()
    with pytest.raises(pdf.RendererBusy):
        pdf.render(HELLO)


@pytest.fixture
def no_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose system lacks Pango: loading the drawing library fails as it does there."""
    library = tmp_path / "weasyprint.py"
    library.write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("no_pango")
def test_without_pango_the_refusal_says_what_to_do() -> None:
    with pytest.raises(pdf.RendererMissing, match="tracker doctor"):
        pdf.render(HELLO)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_pango")
def test_the_doctor_names_the_package() -> None:
    found = next(each for each in checks.all_findings() if each.name == "pdf")
    assert found.words == "Pango is missing: cannot load library 'libpango-1.0-0'"
    assert "libpangoft2-1.0-0" in found.remedy


def test_the_doctor_is_content_where_pdfs_are_drawn() -> None:
    assert pdf.problem() == ""
