"""Assessors and what they answer: alone, in their own sections, while it is open; nothing of it on any trail."""

import json
from typing import Any

import pytest

from assessments import exceptions, services
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.services import JudgementInput
from core import exceptions as core_exceptions
from core.accounts import services as accounts
from core.accounts.exceptions import LinkDoesNotWork
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Reminder
from programs import services as programs
from programs.choices import Role
from programs.exceptions import NoAddress, NotInThisProgram
from programs.models import Membership, Program
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY

Criteria = dict[str, Criterion]
Places = dict[str, Assessor]


def _save(place: Assessor, criterion: Criterion, by: User | None = None, **said: Any) -> Answer:
    version = said.pop("expected_version", None)
    return services.save_answer(
        assessor=place, criterion=criterion, judgement=JudgementInput(**said), by=by or place.person, at=MONDAY,
        expected_version=version,
    )  # fmt: skip


# Who is asked


def test_a_member_is_asked_by_name_somebody_else_by_address(
    assessment: Assessment, charlie: User, olivia: User, alice: User
) -> None:
    with pytest.raises(NotInThisProgram):
        services.add_assessor(assessment=assessment, person=charlie, by=alice, at=MONDAY)
    with pytest.raises(NoAddress):
        services.add_assessor(assessment=assessment, email="nobody", by=alice, at=MONDAY)
    place = services.add_assessor(assessment=assessment, email=" Olivia@Example.net", by=alice, at=MONDAY)
    assert place.person == olivia
    assert not Membership.objects.filter(person=olivia).exists()
    with pytest.raises(exceptions.AlreadyAnAssessor, match="Olivia Outside"):
        services.add_assessor(assessment=assessment, email=olivia.email, by=alice, at=MONDAY)
    new = services.add_assessor(assessment=assessment, email="nina@example.net", name="Nina", by=alice, at=MONDAY)
    assert (new.person.name, new.version) == ("Nina", 1)


def test_nobody_is_handed_a_link_that_signs_in_as_an_assessor_from_outside(
    assessment: Assessment, charlie: User, alice: User
) -> None:
    unused = accounts.add_person(email="nina@example.net", by=alice, at=MONDAY)
    _link, secret = accounts.make_signin_link(person=unused, at=MONDAY, by=alice)
    services.add_assessor(assessment=assessment, email=unused.email, by=alice, at=MONDAY)
    with pytest.raises(LinkDoesNotWork):
        accounts.redeem(secret=secret, at=MONDAY)
    elsewhere = Program.objects.create(key="TWO", name="Two", created_at=MONDAY, updated_at=MONDAY)
    Membership.objects.create(program=elsewhere, person=charlie, role=Role.MANAGER)
    invitation = programs.Invitation(email=unused.email)
    invited = programs.invite_member(program=elsewhere, invitation=invitation, by=charlie, at=MONDAY)
    assert invited.secret == ""


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_who_facilitates_asks_people(assessment: Assessment, roles: dict[Role, User], role: Role) -> None:
    with pytest.raises(core_exceptions.NotAllowed, match="the facilitator or a manager"):
        services.add_assessor(assessment=assessment, person=roles[role], by=roles[role], at=MONDAY)


def test_sections_are_those_of_the_template(assessment: Assessment, bob: User, alice: User) -> None:
    other = AssessmentTemplate.objects.get(slug="organisational-readiness").sections.first()
    assert other is not None
    with pytest.raises(exceptions.SectionElsewhere):
        services.add_assessor(assessment=assessment, person=bob, sections=[other], by=alice, at=MONDAY)


def test_from_a_draft_somebody_goes_from_an_open_one_they_have_left(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, criteria: Criteria, alice: User
) -> None:
    place = assessors["member"]
    answer_all(place, {"P1": JudgementInput(percent=45)})
    services.remove_assessor(assessor=place, by=alice, at=MONDAY)
    place.refresh_from_db()
    assert place.left_at == MONDAY
    assert Answer.objects.get(assessor=place).percent == 45
    with pytest.raises(core_exceptions.NotAllowed):
        _save(place, criteria["P1"], percent=50)
    again = services.add_assessor(assessment=opened, person=place.person, by=alice, at=MONDAY)
    assert (again.pk, again.left_at) == (place.pk, None)
    assert _save(again, criteria["P1"], percent=50).version == 2


def test_a_late_joiner_is_asked_at_once(opened: Assessment, roles: dict[Role, User], alice: User) -> None:
    viewer = roles[Role.VIEWER]
    place = services.add_assessor(assessment=opened, person=viewer, by=alice, at=MONDAY)
    assert Reminder.objects.filter(kind="assessment_asked", recipient=viewer).count() == 1
    assert place.person == viewer


def test_nobody_comes_or_goes_or_changes_sides_once_a_spread_is_shown(
    in_consensus: Assessment, assessors: Places, roles: dict[Role, User], alice: User
) -> None:
    place = assessors["lead"]
    with pytest.raises(exceptions.AssessorsStand):
        services.add_assessor(assessment=in_consensus, person=roles[Role.VIEWER], by=alice, at=MONDAY)
    with pytest.raises(exceptions.AssessorsStand):
        services.remove_assessor(assessor=place, by=alice, at=MONDAY)
    with pytest.raises(exceptions.AssessorsStand):
        services.edit_assessor(assessor=place, changes={"is_leader": True}, by=alice, at=MONDAY)


def test_an_edit_of_a_place_is_counted_and_refused_when_stale(
    assessment: Assessment, assessors: Places, criteria: Criteria, alice: User
) -> None:
    place, section = assessors["lead"], criteria["P1"].section
    edited = services.edit_assessor(
        assessor=place, changes={"sections": [section]}, by=alice, at=MONDAY, expected_version=1
    )
    assert edited.version == 2
    assert Entry.objects.get(verb="edit_assessor_of_assessment").changes["sections"] == [[], ["P"]]
    with pytest.raises(core_exceptions.Stale):
        services.edit_assessor(assessor=place, changes={"sections": []}, by=alice, at=MONDAY, expected_version=1)
    with pytest.raises(core_exceptions.InvalidInput):
        services.edit_assessor(assessor=place, changes={"person": 1}, by=alice, at=MONDAY)


# What is answered


def test_an_answer_is_kept_then_replaced_and_said_again_changes_nothing(
    opened: Assessment, assessors: Places, criteria: Criteria
) -> None:
    place, criterion = assessors["lead"], criteria["P1"]
    said: dict[str, Any] = {
        "has_owner": True,
        "owner_name": " Jo ",
        "links": ("https://a.example/x", " "),
        "note": " we try ",
    }
    first = _save(place, criterion, percent=35, documents="planned", expected_version=0, **said)
    kept = (first.percent, first.owner_name, first.links, first.note, first.version)
    assert kept == (35, "Jo", ["https://a.example/x"], "we try", 1)
    assert _save(place, criterion, percent=35, documents="planned", **said).version == 1
    with pytest.raises(core_exceptions.Stale):
        _save(place, criterion, percent=40, expected_version=0)
    second = _save(place, criterion, percent=40, has_owner=False, owner_name="Jo", expected_version=1)
    assert (second.version, second.percent, second.owner_name) == (2, 40, "")
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "said", "refusal"),
    [
        ("P1", {"percent": 7}, exceptions.PercentNotInSteps),
        ("P1", {"percent": 105}, exceptions.PercentNotInSteps),
        ("P1", {"percent": -5}, exceptions.PercentNotInSteps),
        ("P4", {"percent": 35}, exceptions.YesOrNoOnly),
        ("P1", {"flag": "present"}, exceptions.NotAFlag),
        ("P1", {"is_not_applicable": True}, exceptions.NotApplicableNeedsAReason),
        ("P1", {"is_not_applicable": True, "not_applicable_reason": " "}, exceptions.NotApplicableNeedsAReason),
        ("P1", {"is_not_applicable": True, "not_applicable_reason": "no", "percent": 0}, exceptions.SaysTwoThings),
        ("P1", {"links": ("javascript:alert(1)",)}, exceptions.LinkNotOfTheWeb),
        ("P1", {"links": ("https://a.example/",) * 11}, exceptions.LinkNotOfTheWeb),
        ("P1", {"documents": "some"}, core_exceptions.InvalidInput),
        ("P1", {"flag": "maybe"}, core_exceptions.InvalidInput),
        ("P1", {"owner_name": "x" * 201}, core_exceptions.InvalidInput),
    ],
)
def test_what_cannot_be_said(
    opened: Assessment, assessors: Places, criteria: Criteria, code: str, said: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _save(assessors["lead"], criteria[code], **said)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("percent", [0, 100])
def test_yes_is_all_and_no_is_nothing(opened: Assessment, assessors: Places, criteria: Criteria, percent: int) -> None:
    assert _save(assessors["lead"], criteria["P4"], percent=percent).percent == percent


def test_a_warning_sign_is_said_in_words_of_its_own(
    assessment: Assessment, program: Program, bob: User, alice: User
) -> None:
    template = AssessmentTemplate.objects.get(slug="organisational-readiness")
    details = services.AssessmentDetails(template=template, purpose="readiness", closes_on=assessment.closes_on)
    other = services.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)
    place = services.add_assessor(assessment=other, person=bob, by=alice, at=MONDAY)
    services.open_assessment(assessment=other, by=alice, at=MONDAY)
    sign = Criterion.objects.select_related("section").get(template=template, code="CW1")
    assert _save(place, sign, flag="partly").flag == "partly"
    with pytest.raises(exceptions.FlagHasNoPercent):
        _save(place, sign, percent=50)


def test_in_words_there_is_no_percent(
    assessment: Assessment, assessors: Places, criteria: Criteria, alice: User
) -> None:
    services.edit_assessment(assessment=assessment, changes={"is_in_words": True}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    with pytest.raises(exceptions.InWordsOnly):
        _save(assessors["lead"], criteria["P1"], percent=50)
    assert _save(assessors["lead"], criteria["P1"], note="There is none.").note == "There is none."


def test_a_criterion_of_another_template_is_refused(opened: Assessment, assessors: Places, alice: User) -> None:
    other = Criterion.objects.filter(template__slug="organisational-readiness").select_related("section")[0]
    with pytest.raises(exceptions.CriterionElsewhere):
        _save(assessors["lead"], other, percent=50)


def test_a_section_that_was_not_asked_is_refused_and_a_part_is_asked_with_its_whole(
    opened: Assessment, assessors: Places, criteria: Criteria, alice: User
) -> None:
    whole = criteria["OF1"].section.part_of
    services.edit_assessor(assessor=assessors["lead"], changes={"sections": [whole]}, by=alice, at=MONDAY)
    _save(assessors["lead"], criteria["OF1"], percent=100)
    with pytest.raises(exceptions.SectionNotAsked):
        _save(assessors["lead"], criteria["P1"], percent=50)


def test_nobody_answers_in_anothers_place(
    opened: Assessment, assessors: Places, criteria: Criteria, alice: User, bob: User, charlie: User, olivia: User
) -> None:
    for person in (alice, bob, olivia):
        with pytest.raises(core_exceptions.Refusal) as refused:
            _save(assessors["lead"], criteria["P1"], by=person, percent=50)
        assert isinstance(refused.value, core_exceptions.NotAllowed)
    with pytest.raises(core_exceptions.NotFound):
        _save(assessors["lead"], criteria["P1"], by=charlie, percent=50)


def test_nothing_is_answered_before_the_opening_and_from_the_consensus_on(
    assessment: Assessment, assessors: Places, criteria: Criteria, answer_all: AnswerAll, alice: User
) -> None:
    place = assessors["lead"]
    with pytest.raises(exceptions.AnswersClosed):
        _save(place, criteria["P1"], percent=50)
    with pytest.raises(core_exceptions.NotFound):
        _save(assessors["outside"], criteria["P1"], percent=50)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    _save(place, criteria["P1"], percent=50)
    services.open_consensus(assessment=assessment, by=alice, at=MONDAY)
    with pytest.raises(exceptions.AnswersClosed):
        _save(place, criteria["P1"], percent=55)
    with pytest.raises(exceptions.AnswersClosed):
        services.submit_answers(assessor=place, by=place.person, at=MONDAY)


def test_whoever_submits_has_answered_and_is_said_to_be_done_once(
    opened: Assessment, assessors: Places, criteria: Criteria, alice: User
) -> None:
    place = assessors["lead"]
    with pytest.raises(exceptions.NothingToSubmit):
        services.submit_answers(assessor=place, by=place.person, at=MONDAY)
    _save(place, criteria["P1"], percent=50)
    for _time in range(2):
        assert services.submit_answers(assessor=place, by=place.person, at=MONDAY).submitted_at == MONDAY
    assert Reminder.objects.filter(kind="assessment_submitted", recipient=alice).count() == 1
    assert Entry.objects.filter(verb="submit_assessment").count() == 1
    # Until the consensus a mistake can be put right.
    assert _save(place, criteria["P1"], percent=55).percent == 55


def test_no_trail_and_no_notice_holds_what_somebody_answered(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, criteria: Criteria, alice: User
) -> None:
    secret = "a secret thought"
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=35, note=secret, owner_name=secret, has_owner=True)})
        services.submit_answers(assessor=place, by=place.person, at=MONDAY)
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    kept = json.dumps([list(Entry.objects.values_list("verb", "label", "reason", "changes"))])
    kept += json.dumps(list(Reminder.objects.values_list("kind", "params")))
    assert secret not in kept
    assert "35" not in [str(value) for entry in Entry.objects.all() for value in entry.changes.values()]
    assert "answer" not in {entry.verb for entry in Entry.objects.all()}


# What all agree on


def test_who_submitted_and_each_criterion_agreed_on_are_no_news_of_the_program(
    opened: Assessment, assessors: Places, criteria: Criteria, alice: User
) -> None:
    _save(assessors["member"], criteria["P1"], percent=40)
    services.submit_answers(assessor=assessors["member"], by=assessors["member"].person, at=MONDAY)
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    agreed = JudgementInput(percent=40)
    services.set_consensus(assessment=opened, criterion=criteria["P1"], judgement=agreed, by=alice, at=MONDAY)
    told = set(Entry.objects.filter(scope=f"program:{opened.program_id}").values_list("verb", flat=True))
    assert "open_consensus_assessment" in told
    assert not told & {"submit_assessment", "set_consensus_of_assessment"}


def test_the_second_of_two_who_set_one_consensus_is_told(
    in_consensus: Assessment, criteria: Criteria, alice: User
) -> None:
    def agree(percent: int, version: int) -> int:
        judgement = JudgementInput(percent=percent)
        return services.set_consensus(
            assessment=in_consensus, criterion=criteria["P1"], judgement=judgement, by=alice, at=MONDAY,
            expected_version=version,
        ).version  # fmt: skip

    assert agree(50, 0) == 1
    with pytest.raises(core_exceptions.Stale):
        agree(70, 0)
    assert agree(50, 1) == 1
    assert agree(55, 1) == 2
    changes = [each.changes for each in Entry.objects.filter(verb="set_consensus_of_assessment").order_by("pk")]
    assert changes == [{"P1": [None, 50]}, {"P1": [50, 55]}]


def test_only_who_facilitates_sets_the_consensus_and_only_then(
    opened: Assessment, assessors: Places, criteria: Criteria, alice: User, bob: User, answer_all: AnswerAll
) -> None:
    said: dict[str, Any] = {"judgement": JudgementInput(percent=50), "at": MONDAY, "criterion": criteria["P1"]}
    with pytest.raises(exceptions.ConsensusClosed):
        services.set_consensus(assessment=opened, by=alice, **said)
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=50)})
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    with pytest.raises(core_exceptions.NotAllowed):
        services.set_consensus(assessment=opened, by=bob, **said)
    other = Criterion.objects.filter(template__slug="organisational-readiness")[0]
    with pytest.raises(exceptions.CriterionElsewhere):
        services.set_consensus(assessment=opened, by=alice, **{**said, "criterion": other})
