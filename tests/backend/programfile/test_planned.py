"""What planning here leaves in a program goes out into its file and comes back as it was."""

import pytest

from backend.programfile import queries
from core.accounts.models import User
from programs import services as programs
from programs.models import Membership, Phase, Program
from programs.services import ProgramDetails
from tests.backend.programfile.conftest import AT, Load
from workstreams import services as work
from workstreams.models import ActionItem
from workstreams.services import PhaseDetails


@pytest.fixture
def joan(load: Load, sample: str) -> User:
    """The manager of the sample, which is loaded."""
    load(sample)
    return User.objects.get(email="joan.ellery@harbourvale.example")


def comes_back(key: str, load: Load) -> str:
    """Load what is exported, see that nothing differs, and return it; elsewhere it is the same file again."""
    text = queries.export_program(key, at=AT)
    assert not load(text).has_changes
    renamed = text.replace(f"key: {key}\n", "key: AGAIN\n")
    assert renamed != text
    load(renamed)
    assert queries.export_program("AGAIN", at=AT).replace("key: AGAIN\n", f"key: {key}\n") == text
    return text


def test_a_hand_over_comes_back(load: Load, joan: User) -> None:
    """Promises asked for again, one missed and renewed, and those who left, whom history still names."""
    one = Program.objects.get(key="ONE")
    heir = User.objects.get(email="luis.abara@harbourvale.example")
    for name in ("ben.okoro", "tomasz.reid"):
        place = Membership.objects.get(program=one, person__email=f"{name}@harbourvale.example")
        programs.remove_member(membership=place, hand_over_to=heir, by=joan, at=AT)
    assert ActionItem.objects.filter(program=one, events__move="hand_over").exists()
    assert "move: hand_over" in comes_back("ONE", load)


def test_phases_put_in_order_stopped_and_overridden_come_back(load: Load, joan: User) -> None:
    one = Program.objects.get(key="ONE")
    phases = {phase.code: phase for phase in Phase.objects.filter(program=one)}
    work.override_gate(phase=phases["PH4"], reason="The brokers cannot wait", by=joan, at=AT)
    work.stop_phase(phase=phases["PH5"], reason="No budget", by=joan, at=AT)
    added = work.add_phase(program=one, details=PhaseDetails(name="Extra", owner=joan), by=joan, at=AT)
    ordered = [added, *(phases[code] for code in sorted(phases))]
    work.order_phases(program=one, phases=ordered, by=joan, at=AT)
    text = comes_back("ONE", load)
    assert "override: The brokers cannot wait" in text
    assert list(Phase.objects.filter(program__key="AGAIN").order_by("position").values_list("code", flat=True)) == [
        "PH6", "PH1", "PH2", "PH3", "PH4", "PH5",
    ]  # fmt: skip


def test_a_program_from_the_template_comes_back(load: Load, joan: User) -> None:
    joan.may_create_programs = True
    joan.save()
    details = ProgramDetails(key="NEW", name="Next", start_on=AT.date(), time_zone="Europe/London")
    program = programs.open_program(details=details, template="crm", by=joan, at=AT).program
    changes = {"staffing_planned": 4, "manager_note": "Begun.", "holidays": [AT.date()]}
    programs.edit_program(program=program, changes=changes, by=joan, at=AT)
    comes_back("NEW", load)
