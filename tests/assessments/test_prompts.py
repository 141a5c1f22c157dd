"""Programs are asked to assess themselves again: by cadence, gates, missed outcomes and new sponsors; once, as one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import indicators, services
from assessments.choices import PromptCause, PromptState
from assessments.models import Assessment, AssessmentTemplate, Cause, Prompt
from assessments.services import AssessmentDetails
from core.accounts.models import User
from core.exceptions import IllegalMove, NotAllowed, NotFound
from notifications import services as notifications
from notifications.models import Reminder
from notifications.registry import RuleInput
from programs import services as programs
from programs.choices import Code, OutcomeStatus, ProgramStatus, Role
from programs.exceptions import ReasonMissing
from programs.models import Outcome, Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from workstreams.choices import GateDecision, GateState
from workstreams.models import GateReview

DAY = dt.timedelta(days=1)
LAST = dt.date(2026, 5, 25)
RULE = RuleInput(kind="reassessment", offsets=(-14, 0), overdue_every=7, audience=("manager",))


@pytest.fixture
def assessed(program: Program, roles: dict[Role, User], alice: User) -> Program:
    """Alice's program, active and assessed half a year ago, less two days; it is asked again every six months."""
    services.install_built_in(at=MONDAY)
    Program.objects.filter(pk=program.pk).update(
        status=ProgramStatus.ACTIVE, sponsor=roles[Role.SPONSOR], manager=alice, case_for_change="They leave.",
        reassess_every_months=6, reassess_at_gates=True,
    )  # fmt: skip
    completed(program, LAST)
    programs.keep_ahead(program_id=program.pk, kind=Code.ASSESSMENT, number=1)
    return Program.objects.get(pk=program.pk)


@pytest.fixture
def reminding(assessed: Program) -> Program:
    """The same, whose manager is reminded two weeks before and on the day."""
    before = MONDAY - 60 * DAY
    programs.tell_engine(assessed, holidays=())
    notifications.save_rules(scope_id=assessed.pk, rules=[RULE], by=None, at=before)
    notifications.start_reminders(scope_id=assessed.pk, by=None, at=before)
    return assessed


def completed(program: Program, on: dt.date, code: str = "T1") -> Assessment:
    template = AssessmentTemplate.objects.get(slug="leadership-and-commitment")
    return Assessment.objects.create(
        program=program, template=template, code=code, purpose="readiness", state="completed", completed_on=on,
        created_at=MONDAY, updated_at=MONDAY,
    )  # fmt: skip


def phase_of(program: Program) -> Phase:
    return Phase.objects.get_or_create(
        program=program,
        code="PH1",
        defaults={"position": 1, "name": "Pilot", "created_at": MONDAY, "updated_at": MONDAY},
    )[0]


def decide_gate(program: Program, by: User, on: dt.date, code: str = "G1") -> GateReview:
    return GateReview.objects.create(
        program=program, phase=phase_of(program), code=code, state=GateState.DECIDED, planned_on=on, held_on=on,
        decision=GateDecision.PROCEED, decided_by=by, decided_on=on, rationale="It works.", created_at=MONDAY,
        updated_at=MONDAY,
    )  # fmt: skip


def miss_outcome(program: Program, by: User, at: dt.datetime) -> Outcome:
    outcome = Outcome.objects.create(
        program=program, phase=phase_of(program), code="O1", statement="Fewer calls", area="customer",
        status=OutcomeStatus.AGREED, created_at=at, updated_at=at,
    )  # fmt: skip
    return programs.miss_outcome(outcome=outcome, closing_note="Not a call fewer.", by=by, at=at)


def causes() -> list[str]:
    return sorted(Cause.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("last_on", "months", "after", "due_on"),
    [
        (dt.date(2028, 2, 29), 12, None, dt.date(2029, 2, 28)),
        (dt.date(2028, 2, 29), 48, None, dt.date(2032, 2, 29)),
        (dt.date(2026, 8, 31), 6, None, dt.date(2027, 2, 28)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28), dt.date(2027, 8, 31)),
        (dt.date(2026, 12, 31), 1, None, dt.date(2027, 1, 31)),
    ],
)
def test_a_cadence_counts_from_the_day_itself(
    last_on: dt.date, months: int, after: dt.date | None, due_on: dt.date
) -> None:
    assert indicators.next_by_cadence(last_on, months, after) == due_on


def test_the_cadence_asks_before_its_day(assessed: Program) -> None:
    due_on = dt.date(2026, 11, 25)
    early = dt.datetime.combine(due_on - indicators.AHEAD - DAY, dt.time(12), tzinfo=dt.UTC)

    assert services.raise_prompts(at=early) == 0
    assert services.raise_prompts(at=early + DAY) == 1
    assert Prompt.objects.get().due_on == due_on
    assert services.raise_prompts(at=early + 2 * DAY) == 0


def test_the_day_is_the_programs_own(assessed: Program) -> None:
    """In Auckland the day of the cadence less its lead begins thirteen hours before it does in London."""
    Program.objects.update(time_zone="Pacific/Auckland")
    first = dt.datetime.combine(dt.date(2026, 11, 25) - indicators.AHEAD, dt.time(), tzinfo=dt.UTC)

    assert services.raise_prompts(at=first - dt.timedelta(hours=13, minutes=1)) == 0
    assert services.raise_prompts(at=first - dt.timedelta(hours=12, minutes=59)) == 1


def test_four_causes_are_one_prompt_for_the_earliest_day(assessed: Program, roles: dict[Role, User], bob: User) -> None:
    yesterday = MONDAY - DAY
    decide_gate(assessed, roles[Role.SPONSOR], yesterday.date())
    miss_outcome(assessed, roles[Role.MANAGER], yesterday)
    place = bob.memberships.get()
    programs.change_member(membership=place, changes={"role": Role.SPONSOR}, by=roles[Role.MANAGER], at=yesterday)

    assert services.raise_prompts(at=MONDAY) == 1
    prompt = Prompt.objects.get()
    assert causes() == sorted(PromptCause.values)
    assert prompt.due_on == dt.date(2026, 11, 25)
    assert services.raise_prompts(at=MONDAY + DAY) == 0


def test_a_later_cause_meets_the_open_prompt_and_may_bring_it_forward(
    assessed: Program, roles: dict[Role, User]
) -> None:
    Program.objects.update(reassess_every_months=7)
    services.raise_prompts(at=MONDAY + 10 * DAY)
    before = Prompt.objects.get()
    assert before.due_on == dt.date(2026, 12, 25)
    decide_gate(assessed, roles[Role.SPONSOR], (MONDAY + 10 * DAY).date())
    services.raise_prompts(at=MONDAY + 11 * DAY)

    prompt = Prompt.objects.get()
    assert (prompt.due_on, prompt.version) == (dt.date(2026, 12, 17), before.version + 1)
    assert causes() == ["cadence", "gate"]


@pytest.mark.parametrize("status", [ProgramStatus.DRAFT, ProgramStatus.PAUSED, ProgramStatus.CLOSED])
def test_only_active_programs_are_asked(assessed: Program, status: ProgramStatus) -> None:
    Program.objects.update(status=status)

    assert services.raise_prompts(at=MONDAY) == 0


def test_what_never_assessed_itself_or_does_so_now_is_not_asked(assessed: Program) -> None:
    draft = completed(assessed, LAST, code="T2")
    Assessment.objects.filter(pk=draft.pk).update(state="draft", completed_on=None)
    assert services.raise_prompts(at=MONDAY) == 0
    Assessment.objects.all().delete()
    assert services.raise_prompts(at=MONDAY) == 0


def test_an_event_before_the_last_assessment_asks_nothing(assessed: Program, roles: dict[Role, User]) -> None:
    Program.objects.update(reassess_every_months=None)
    decide_gate(assessed, roles[Role.SPONSOR], LAST)
    assert services.raise_prompts(at=MONDAY) == 0
    decide_gate(assessed, roles[Role.SPONSOR], LAST + DAY, code="G2")
    assert services.raise_prompts(at=MONDAY) == 1
    assert Prompt.objects.get().due_on == MONDAY.date()


def test_gates_ask_where_the_program_says_so(assessed: Program, roles: dict[Role, User]) -> None:
    Program.objects.update(reassess_every_months=None, reassess_at_gates=False)
    decide_gate(assessed, roles[Role.SPONSOR], MONDAY.date())

    assert services.raise_prompts(at=MONDAY) == 0


def test_an_outcome_that_is_missed_no_more_asks_nothing(assessed: Program, alice: User) -> None:
    Program.objects.update(reassess_every_months=None)
    outcome = miss_outcome(assessed, alice, MONDAY)
    programs.reopen_outcome(outcome=outcome, reason="Too soon", by=alice, at=MONDAY)

    assert services.raise_prompts(at=MONDAY) == 0


def test_preparing_answers_and_deleting_the_draft_asks_again(assessed: Program, alice: User) -> None:
    services.raise_prompts(at=MONDAY)
    previous = Assessment.objects.get()
    made = services.prepare_assessment(
        program=assessed, details=AssessmentDetails(purpose="calibration"), previous=previous, by=alice, at=MONDAY
    )
    prompt = Prompt.objects.get()
    assert (prompt.state, prompt.assessment, prompt.closed_by) == (PromptState.ANSWERED, made, alice)

    services.delete_assessment(assessment=made, by=alice, at=MONDAY)
    prompt.refresh_from_db()
    assert (prompt.state, prompt.assessment, prompt.closed_by) == (PromptState.OPEN, None, None)


def test_dismissing_needs_a_reason_and_the_next_day_of_the_cadence_asks_again(assessed: Program, alice: User) -> None:
    services.raise_prompts(at=MONDAY)
    prompt = Prompt.objects.get()
    with pytest.raises(ReasonMissing):
        services.dismiss_prompt(prompt=prompt, reason=" ", by=alice, at=MONDAY)
    services.dismiss_prompt(prompt=prompt, reason="The bank is being merged.", by=alice, at=MONDAY)
    with pytest.raises(IllegalMove):
        services.dismiss_prompt(prompt=prompt, reason="Again", by=alice, at=MONDAY)

    assert services.raise_prompts(at=MONDAY + 30 * DAY) == 0
    assert services.raise_prompts(at=MONDAY + 160 * DAY) == 1
    assert Prompt.objects.get(state=PromptState.OPEN).due_on == dt.date(2027, 5, 25)


def test_who_may_dismiss(assessed: Program, roles: dict[Role, User], charlie: User) -> None:
    services.raise_prompts(at=MONDAY)
    prompt = Prompt.objects.get()
    for role in (Role.LEAD, Role.MEMBER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            services.dismiss_prompt(prompt=prompt, reason="No", by=roles[role], at=MONDAY)
    with pytest.raises(NotFound):
        services.dismiss_prompt(prompt=prompt, reason="No", by=charlie, at=MONDAY)
    assert services.dismiss_prompt(prompt=prompt, reason="No", by=roles[Role.SPONSOR], at=MONDAY).state == "dismissed"


def test_one_message_arrives_by_mail_and_inbox(reminding: Program, roles: dict[Role, User], alice: User) -> None:
    decide_gate(reminding, roles[Role.SPONSOR], (MONDAY - 10 * DAY).date())
    miss_outcome(reminding, alice, MONDAY - 10 * DAY)
    mail.outbox.clear()
    for hour in range(24 * 4):
        services.raise_prompts(at=MONDAY - DAY + hour * dt.timedelta(hours=1))
        notifications.run_once(at=MONDAY - DAY + hour * dt.timedelta(hours=1), worker="test")

    told = [one for one in mail.outbox if "assess-again" in one.body]
    # One for the day itself, that of the cadence: the others ask for a later one.
    assert [one.to for one in told] == [[alice.email]]
    assert "Assess “One Customer” again" in told[0].body
    assert (
        "A gate was decided; An outcome was missed" in " ".join(told[0].body.split())
        or "outcome was missed" in told[0].body
    )
    assert Reminder.objects.filter(kind="reassessment", recipient=alice).count() == 1


def test_what_is_done_about_it_is_reminded_no_more(reminding: Program, alice: User) -> None:
    services.raise_prompts(at=MONDAY)
    notifications.sweep(at=MONDAY)
    services.dismiss_prompt(prompt=Prompt.objects.get(), reason="Not now", by=alice, at=MONDAY)
    mail.outbox.clear()
    for hour in range(24 * 4):
        notifications.run_once(at=MONDAY + hour * dt.timedelta(hours=1), worker="test")

    assert not [one for one in mail.outbox if "assess-again" in one.body]


def test_raising_costs_the_same_for_one_program_and_for_twenty(assessed: Program, alice: User) -> None:
    few = _statements(MONDAY - 200 * DAY, MONDAY)
    Prompt.objects.all().delete()
    for number in range(20):
        other = Program.objects.create(
            key=f"P{number}X", name="Other", status=ProgramStatus.ACTIVE, sponsor=alice, manager=alice,
            case_for_change="Because", reassess_every_months=6, budget=Decimal(1), created_at=MONDAY, updated_at=MONDAY,
        )  # fmt: skip
        completed(other, LAST)
    many = _statements(MONDAY - 200 * DAY, MONDAY)

    assert Prompt.objects.count() == 21
    assert few == many


def _statements(idle_at: dt.datetime, at: dt.datetime) -> int:
    assert services.raise_prompts(at=idle_at) == 0
    with CaptureQueriesContext(connection) as captured:
        services.raise_prompts(at=at)
    return len([one for one in captured if "SAVEPOINT" not in one["sql"]])


def test_the_page_says_why_and_takes_a_decision(assessed: Program, alice: User, bob: User, client: Client) -> None:
    address = "/programs/ONE/assess-again/"
    client.force_login(alice)
    assert "Next by its cadence" in client.get(address).content.decode()
    services.raise_prompts(at=MONDAY)
    page = client.get(address).content.decode()

    assert "It is time to assess the program again" in page and "ONE-T1" in page and "Prepare it like T1" in page
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "The bank is being merged."}).status_code == 302
    assert Prompt.objects.get().state == PromptState.DISMISSED
    assert client.post(address, {"reason": "Again"}).status_code == 404
    client.force_login(bob)
    assert "Do not assess now" not in client.get(address).content.decode()


def test_the_api_lists_and_dismisses(
    assessed: Program, roles: dict[Role, User], alice: User, charlie: User, api_of: ApiOf
) -> None:
    decide_gate(assessed, roles[Role.SPONSOR], (MONDAY - DAY).date())
    services.raise_prompts(at=MONDAY)
    api = api_of(alice)
    (row,) = api.get("assessment-prompts/?program=ONE&state=open").json()["results"]

    assert len(api.queries) <= 5
    assert {cause["kind"]: cause["code"] for cause in row["causes"]} == {"cadence": "ONE-T1", "gate": "ONE-G1"}
    assert api_of(charlie).get("assessment-prompts/").json()["results"] == []
    assert api_of(charlie).get(f"assessment-prompts/{row['id']}/").status_code == 404
    told = api.post(f"assessment-prompts/{row['id']}/dismiss/", {"reason": "Merged."})
    assert (told.status_code, told.json()["state"]) == (200, "dismissed")
    assert len(api.queries) <= 14
    assert api.post(f"assessment-prompts/{row['id']}/dismiss/", {"reason": "Merged."}).status_code == 409
