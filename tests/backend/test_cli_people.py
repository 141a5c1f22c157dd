"""People at the command line: the first one, links that sign in, tokens."""

import pytest
from django.conf import settings

from backend import cli
from core.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db


def test_the_first_person_is_added_and_given_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["user", "add", "Alice@Example.org", "--name", "Alice Archer", "--staff"]) == 0
    alice = User.objects.get(email="alice@example.org")
    assert (alice.name, alice.is_staff, alice.may_create_programs) == ("Alice Archer", True, True)
    assert capsys.readouterr().out.split()[-1].startswith(settings.PUBLIC_URL)


def test_somebody_who_is_here_is_not_added_again(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["user", "add", alice.email]) == 1
    assert capsys.readouterr().err == "tracker: email: Somebody has this address already.\n"


def test_a_link_is_all_that_stdout_carries(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["signin-link", alice.email]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(settings.PUBLIC_URL + "/")
    assert " " not in line


def test_a_link_without_an_address_is_for_the_first_of_staff(
    alice: User, bob: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["signin-link"]) == 1
    assert capsys.readouterr().err.startswith("tracker: There is nobody of staff yet")
    User.objects.filter(pk=bob.pk).update(is_staff=True)
    assert cli.main(["signin-link"]) == 0


def test_a_stranger_gets_no_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["signin-link", "nobody@example.org"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_a_token_is_the_last_word(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["token", alice.email, "--scope", "write", "--days", "7"]) == 0
    text = capsys.readouterr().out.split()[-1]
    row = ApiToken.objects.get()
    assert (row.user, row.scope) == (alice, "write")
    assert text.startswith(row.token_key)


def test_a_token_of_no_days_is_refused(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["token", alice.email, "--days", "0"]) == 1
    assert capsys.readouterr().err == "tracker: days: Give 1 to 366 days.\n"
