"""What is said of a criterion, by one alone or by all together: checked the same way for both."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from assessments import exceptions
from assessments.choices import AnswerKind, Documents, Flag
from assessments.models import Criterion
from assessments.models.answers import STEPS
from core.exceptions import InvalidInput, RuleBroken

MOST_LINKS, LONGEST_LINK, LONGEST_NAME = 10, 500, 200
_WEB = ("http://", "https://")


@dataclass(frozen=True, kw_only=True)
class JudgementInput:
    """The three tests of evidence, then the percent or the flag; or why the criterion does not apply."""

    has_owner: bool | None = None
    owner_name: str = ""
    is_consistent: bool | None = None
    documents: str = ""
    links: tuple[str, ...] = ()
    percent: int | None = None
    flag: str = ""
    is_not_applicable: bool = False
    not_applicable_reason: str = ""
    note: str = ""


def checked(judgement: JudgementInput, criterion: Criterion, *, is_in_words: bool) -> dict[str, Any]:
    """Return the fields of a judgement as they are kept: without margins, and without an owner where there is none.

    Raises:
        core.exceptions.InvalidInput: of a document test or flag that there is not, or a name that is too long.
        PercentNotInSteps, YesOrNoOnly, FlagHasNoPercent, NotAFlag, InWordsOnly, SaysTwoThings,
        NotApplicableNeedsAReason, LinkNotOfTheWeb: as their names say.
    """
    _check_words(judgement)
    for field, refusal in _broken(judgement, criterion, is_in_words):
        raise refusal(fields={field: [refusal.sentence % {}]})
    values = asdict(judgement)
    values["links"] = _links(judgement)
    values["owner_name"] = "" if judgement.has_owner is False else judgement.owner_name.strip()
    reason = judgement.not_applicable_reason.strip()
    values["not_applicable_reason"] = reason if judgement.is_not_applicable else ""
    values["note"] = judgement.note.strip()
    return values


def _check_words(judgement: JudgementInput) -> None:
    wrong = {
        "documents": bool(judgement.documents) and judgement.documents not in Documents.values,
        "flag": bool(judgement.flag) and judgement.flag not in Flag.values,
        "owner_name": len(judgement.owner_name.strip()) > LONGEST_NAME,
    }
    if any(wrong.values()):
        raise InvalidInput(fields={field: [InvalidInput.sentence] for field, is_wrong in wrong.items() if is_wrong})


def _broken(
    judgement: JudgementInput, criterion: Criterion, is_in_words: bool
) -> Iterator[tuple[str, type[RuleBroken]]]:
    """Yield what is wrong with a judgement: the field, and the refusal."""
    if judgement.is_not_applicable:
        yield from _wrong_of_what_does_not_apply(judgement)
    if judgement.percent is not None:
        yield from _wrong_percent(judgement.percent, criterion, is_in_words)
    if judgement.flag and criterion.answer != AnswerKind.FLAG:
        yield "flag", exceptions.NotAFlag


def _wrong_of_what_does_not_apply(judgement: JudgementInput) -> Iterator[tuple[str, type[RuleBroken]]]:
    if judgement.percent is not None or judgement.flag:
        yield "is_not_applicable", exceptions.SaysTwoThings
    if not judgement.not_applicable_reason.strip():
        yield "not_applicable_reason", exceptions.NotApplicableNeedsAReason


def _wrong_percent(percent: int, criterion: Criterion, is_in_words: bool) -> Iterator[tuple[str, type[RuleBroken]]]:
    if criterion.answer == AnswerKind.FLAG:
        yield "percent", exceptions.FlagHasNoPercent
    if is_in_words:
        yield "percent", exceptions.InWordsOnly
    if criterion.answer == AnswerKind.YES_NO and percent not in (0, 100):
        yield "percent", exceptions.YesOrNoOnly
    if percent not in STEPS:
        yield "percent", exceptions.PercentNotInSteps


def _links(judgement: JudgementInput) -> list[str]:
    links = [link.strip() for link in judgement.links if link.strip()]
    is_wrong = any(not link.startswith(_WEB) or len(link) > LONGEST_LINK for link in links)
    if is_wrong or len(links) > MOST_LINKS:
        refusal = exceptions.LinkNotOfTheWeb(most=MOST_LINKS)
        raise exceptions.LinkNotOfTheWeb(most=MOST_LINKS, fields={"links": [refusal.message]})
    return links
