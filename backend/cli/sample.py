"""The sample program, for a newcomer to look around in."""

from importlib import resources

from django.db import transaction

from backend.cli.runner import note
from backend.processes.sample import MANAGER
from backend.programfile import services
from core import clock
from core.accounts import services as accounts
from core.accounts.models import User
from core.accounts.services.people import Profile
from programs.models import Program

FILE = "one-customer.yaml"
NAME = "Joan Ellery"
TIME_ZONE = "Europe/London"


@transaction.atomic
def load_if_empty() -> None:
    """Load the sample as of today where there is no program; its manager is of staff, to see all that there is."""
    if Program.objects.exists():
        return
    at = clock.now()
    if not User.objects.filter(email=MANAGER).exists():
        joan = accounts.add_person(email=MANAGER, name=NAME, is_staff=True, by=None, at=at)
        profile = Profile(name=NAME, time_zone=TIME_ZONE, language=joan.language)
        accounts.change_profile(person=joan, profile=profile, by=joan, at=at)
    text = resources.files("programs").joinpath("data", FILE).read_text(encoding="utf-8")
    result = services.load_program_file(text=text, source_name=FILE, as_of=at, by=None, at=at)
    note(result.sentence)
