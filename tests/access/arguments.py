"""A value for every parameter of an address: of the reader's own program, or of a foreign one."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse

from backend.programfile.models import Upload
from core import clock
from core.accounts.models import User
from core.accounts.services import make_signin_link
from notifications import services as notifications
from notifications.choices import DeliveryState
from notifications.models import Delivery, KeptMail, Scope
from notifications.queries import links
from tests.access import assessed, assessment_api, assessment_pages, findings, lifecycle, measures
from tests.access.addresses import Address
from tests.access.stage import House, reminder_of, token_of
from workstreams.views.gates import STEPS
from workstreams.views.offers import ACTION_TRANSITIONS, MILESTONE_TRANSITIONS

# The thing whose state allows a move.
ITEM_FOR = {"keep": "A2", "miss": "A2", "renegotiate": "A2", "accept": "A3", "reopen": "A4", "renew": "A5"}
# What these name is one person's alone, whatever the program.
PERSONAL = ("revoke_token", "notifications:mark_read", "programfile:preview", "programfile:progress")
SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
ACTION_MOVES = tuple(ACTION_TRANSITIONS)
MILESTONE_MOVES = tuple(MILESTONE_TRANSITIONS)
GATE_MOVES = tuple(STEPS)


def item_for(move: str) -> str:
    """Return the code of an action item that a move is legal for."""
    return ITEM_FOR.get(move, "A1")


def milestone_for(move: str) -> str:
    """Return the code of a milestone that a move is legal for."""
    return {"reopen": "S2", "item": "S3"}.get(move, "S1")


def gate_for(move: str) -> str:
    """Return the code of a gate review that a move is legal for: G1 is scheduled, G2 was held."""
    return "G2" if move in ("hold", "reopen", "decision") else "G1"


@dataclass(frozen=True)
class Place:
    """An address with its values; `label` names it in tables and messages."""

    address: Address
    label: str
    move: str

    @property
    def is_bound(self) -> bool:
        """Tell whether it names something of a program, which strangers do not know of."""
        is_named = bool(set(self.address.parameters) & {"key", "reference", "ref"})
        return is_named and not self.is_personal and self.address.name not in assessment_pages.SHARED

    @property
    def is_personal(self) -> bool:
        """Tell whether it names something of one person alone."""
        return self.address.name in PERSONAL

    def path(self, house: House, reader: User) -> str:
        """Return the path of it in a program, or of the reader's own things."""
        named = {name: _value(self, name, house, reader) for name in self.address.parameters}
        if self.address.name == "api-unknown":
            return "/api/nothing-here/"
        return reverse(self.address.name, kwargs=named)


def places(table: list[Address]) -> Iterator[Place]:
    """Yield every address, once for each move where a move is in it."""
    for address in table:
        name = address.name
        moves: Mapping[str, tuple[str, ...]] = {
            "workstreams:action_move": ACTION_MOVES,
            "workstreams:milestone_move": MILESTONE_MOVES,
            "programs:program_move": tuple(lifecycle.PROGRAM_BODIES),
            "workstreams:phase_move": tuple(lifecycle.PHASE_BODIES),
            "workstreams:gate_move": GATE_MOVES,
            "programs:outcome_move": tuple(measures.MOVE_BODIES),
            "assessments:move": assessment_pages.MOVES,
            "assessments:move_debrief": findings.MOVES,
        }
        if name in moves:
            yield from (Place(address, f"{name} {move}", move) for move in moves[name])
        else:
            yield Place(address, name, _move(address) if address.is_api else "")


def _move(address: Address) -> str:
    """Return how the name of an API's address ends: as its route does (undo-start), else its last word (item)."""
    end = address.route.rstrip("/").rpartition("/")[2]
    return end if address.name.endswith(f"-{end}") else address.name.rpartition("-")[2]


def _value(place: Place, parameter: str, house: House, reader: User) -> Any:
    maker = _MAKERS.get((place.address.name, parameter)) or _MAKERS.get(("", parameter))
    assert maker is not None, (
        f"{place.address.route}: tests/access/arguments.py knows no value for <{parameter}>. Add one to _MAKERS."
    )
    return maker(place, house, reader)


def _ref(place: Place, house: House, reader: User) -> Any:
    """Return what names a thing in the API, by the beginning of the address's name."""
    noun = place.address.name.removesuffix(f"-{place.move}")
    if noun == "action-item":
        return house.code(item_for(place.move))
    if noun == "milestone":
        return house.code(milestone_for(place.move))
    if noun == "gate-review":
        return house.code(gate_for(place.move))
    if noun == "outcome":
        return measures.outcome_for(place.move, house)
    assert noun in _REFS, f"{place.address.route}: tests/access/arguments.py names nothing for “{noun}”. Add to _REFS."
    return _REFS[noun](house)


_REFS: Mapping[str, Callable[[House], Any]] = {
    "program": lambda house: house.key,
    "phase": lambda house: house.code("PH1"),
    "measure": lambda house: house.code("M1"),
    "measurement": lambda house: house.pks["measurement"],
    "person": lambda house: house.people["viewer"].pk,
    "membership": lambda house: house.people["viewer"].memberships.get().pk,
    "workstream": lambda house: house.code("W3"),
    "dependency": lambda house: house.pks["dependency"],
    "raid-entry": lambda house: house.code("R1"),
}

Maker = Callable[[Place, House, User], Any]
_MAKERS: Mapping[tuple[str, str], Maker] = {
    **assessment_pages.MAKERS,
    **assessed.MAKERS,
    **assessment_api.MAKERS,
    **findings.MAKERS,
    ("reminder-item", "ref"): lambda place, house, reader: reminder_of(house, reader).pk,
    ("phase-item", "ref"): lambda place, house, reader: lifecycle.unused_phase(house),
    ("membership-link", "ref"): lambda place, house, reader: lifecycle.newcomer(house),
    ("programs:place_link", "pk"): lambda place, house, reader: lifecycle.newcomer(house),
    ("programs:place", "pk"): lambda place, house, reader: house.people["viewer"].memberships.get().pk,
    ("programs:place_manager", "pk"): lambda place, house, reader: house.people["viewer"].memberships.get().pk,
    ("programs:leave", "pk"): lambda place, house, reader: house.people["viewer"].memberships.get().pk,
    ("", "code"): lambda place, house, reader: "PH1",
    ("workstreams:delete_phase", "code"): lambda place, house, reader: lifecycle.unused_phase(house).partition("-")[2],
    ("programs:delete_template", "pk"): lambda place, house, reader: lifecycle.saved_template().pk,
    ("program-template-item", "template"): lambda place, house, reader: lifecycle.saved_template().pk,
    ("outcome-item", "ref"): lambda place, house, reader: measures.unused_outcome(house),
    ("measure-item", "ref"): lambda place, house, reader: measures.unread_measure(house),
    ("programs:outcome", "reference"): lambda place, house, reader: house.code("O1"),
    ("programs:edit_outcome", "reference"): lambda place, house, reader: house.code("O1"),
    ("programs:add_measure", "reference"): lambda place, house, reader: house.code("O1"),
    ("programs:delete_outcome", "reference"): lambda place, house, reader: measures.unused_outcome(house),
    ("programs:outcome_move", "reference"): lambda place, house, reader: measures.outcome_for(place.move, house),
    ("programs:measure", "reference"): lambda place, house, reader: house.code("M1"),
    ("programs:edit_measure", "reference"): lambda place, house, reader: house.code("M1"),
    ("programs:delete_measure", "reference"): lambda place, house, reader: measures.unread_measure(house),
    ("programs:record_reading", "reference"): lambda place, house, reader: house.code("M1"),
    ("programs:correct_reading", "reference"): lambda place, house, reader: house.pks["measurement"],
    ("", "key"): lambda place, house, reader: house.key,
    ("", "ref"): _ref,
    ("", "move"): lambda place, house, reader: place.move,
    ("workstreams:action", "reference"): lambda place, house, reader: house.code("A1"),
    ("workstreams:action_undo", "reference"): lambda place, house, reader: house.code("A4"),
    ("workstreams:action_move", "reference"): lambda place, house, reader: house.code(item_for(place.move)),
    ("workstreams:milestone", "reference"): lambda place, house, reader: house.code("S1"),
    ("workstreams:milestone_undo", "reference"): lambda place, house, reader: house.code("S2"),
    ("workstreams:plan_row", "reference"): lambda place, house, reader: house.code("S1"),
    ("workstreams:milestone_pushes", "reference"): lambda place, house, reader: house.code("S1"),
    ("workstreams:workstream", "reference"): lambda place, house, reader: house.code("W1"),
    ("workstreams:remove_workstream", "reference"): lambda place, house, reader: house.code("W3"),
    ("workstreams:milestone_move", "reference"): lambda place, house, reader: house.code(milestone_for(place.move)),
    ("workstreams:gate", "reference"): lambda place, house, reader: house.code("G1"),
    ("workstreams:gate_pack", "reference"): lambda place, house, reader: house.code("G1"),
    ("workstreams:decide_gate", "reference"): lambda place, house, reader: house.code("G2"),
    ("workstreams:gate_move", "reference"): lambda place, house, reader: house.code(gate_for(place.move)),
    ("overview:record", "reference"): lambda place, house, reader: house.code("M1"),
    ("programs:stop_reminders", "key"): lambda place, house, reader: reminding(house).key,
    ("notifications:mark_read", "reminder_id"): lambda place, house, reader: reminder_of(house, reader).pk,
    ("notifications:replay", "delivery_id"): lambda place, house, reader: given_up(reader).pk,
    ("notifications:kept_mail", "mail_id"): lambda place, house, reader: kept_mail().pk,
    ("notifications:act", "token"): lambda place, house, reader: _last_part(
        links.act(links.OneClick(house.people["member"].pk, "milestone", house.pks["milestone"]))
    ),
    ("notifications:unsubscribe", "token"): lambda place, house, reader: _last_part(
        links.unsubscribe(house.people["member"].pk, "email")
    ),
    ("", "upload_id"): lambda place, house, reader: uploaded(reader).pk,
    ("revoke_token", "key"): lambda place, house, reader: token_of(reader)[0].token_key,
    ("signin_link", "secret"): lambda place, house, reader: make_signin_link(person=reader, at=clock.now(), by=None)[1],
    ("set_program_right", "pk"): lambda place, house, reader: house.people["viewer"].pk,
    ("account_confirm_email", "key"): lambda place, house, reader: "no-such-key",
    ("account_reset_password_from_key", "uidb36"): lambda place, house, reader: "1",
    ("account_reset_password_from_key", "key"): lambda place, house, reader: "no-such-key",
}


def _last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def reminding(house: House) -> House:
    """Return a program whose reminders are on."""
    if Scope.objects.filter(pk=house.program.pk, started_at=None).exists():
        notifications.start_reminders(scope_id=house.program.pk, by=None, at=clock.now())
    return house


def kept_mail() -> KeptMail:
    """Return a mail in the staff's outbox."""
    return KeptMail.objects.create(to="somebody@example.org", subject="Kept", text="Kept", html="", at=clock.now())


def given_up(reader: User) -> Delivery:
    """Return a message that the staff may send again."""
    now = clock.now()
    return Delivery.objects.create(
        id=uuid.uuid4(), channel="email", recipient=reader, state=DeliveryState.DEAD, created_at=now, finished_at=now
    )


def file_text() -> str:
    """Return a file that makes a new program."""
    return SAMPLE.read_text(encoding="utf-8").replace("key: ONE", "key: NEW")


def uploaded(reader: User) -> Upload:
    """Return a file that somebody handed in."""
    return Upload.objects.create(owner=reader, source_name="new.yaml", text=file_text(), created_at=clock.now())
