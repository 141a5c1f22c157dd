"""People: added, described by themselves, and let create programs by staff."""

import datetime as dt
import zoneinfo
from dataclasses import asdict, dataclass, replace

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.exceptions import PersonExists
from core.accounts.models import User, validate_time_zone
from core.audit import services as audit
from core.exceptions import InvalidInput


@dataclass(frozen=True)
class Profile:
    """How a person is called, and how they read dates and words."""

    name: str
    time_zone: str
    language: str

    @classmethod
    def of(cls, person: User) -> "Profile":
        """Return a person's profile as it is."""
        return cls(name=person.name, time_zone=person.time_zone, language=person.language)


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput(fields={"email": error.messages}) from error
    if User.objects.filter(email=email).exists():
        raise PersonExists(email=email, fields={"email": [_("Somebody has this address already.")]})
    return email


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str = "",
    is_staff: bool = False,
    may_create_programs: bool = False,
    password: str | None = None,
    time_zone: str = "",
    by: User | None,
    at: dt.datetime,
) -> User:
    """Add a person whose address the adder vouches for; without a password they come by link or reset.

    Their time zone is that of their program, where one is given, until they first sign in.
    """
    address = _clean_email(email)
    if password is not None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise InvalidInput(fields={"password": error.messages}) from error
    person = User.objects.create_user(
        address,
        password,
        name=name.strip(),
        is_staff=is_staff,
        may_create_programs=may_create_programs or is_staff,
        date_joined=at,
        **({"time_zone": time_zone} if time_zone else {}),
    )
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    rights = {"is_staff": is_staff, "may_create_programs": person.may_create_programs}
    audit.record(by=by, at=at, verb="add_person", subject=f"person:{person.pk}", label=address, changes=rights)
    return person


def _check_profile(profile: Profile) -> None:
    wrong: dict[str, list[str]] = {}
    if len(profile.name) > (User._meta.get_field("name").max_length or 0):
        wrong["name"] = [_("This is too long for a name.")]
    try:
        validate_time_zone(profile.time_zone)
    except ValidationError as error:
        wrong["time_zone"] = error.messages
    if profile.language not in dict(User._meta.get_field("language").flatchoices):
        wrong["language"] = [_("Choose one of the languages.")]
    if wrong:
        raise InvalidInput(fields=wrong)


@transaction.atomic
def change_profile(*, person: User, profile: Profile, by: User, at: dt.datetime) -> None:
    """Change how a person is called and reads dates and words."""
    _check_profile(profile)
    before = asdict(Profile.of(person))
    changes = {name: [before[name], value] for name, value in asdict(profile).items() if before[name] != value}
    if not changes:
        return
    for name in changes:
        setattr(person, name, getattr(profile, name))
    person.save(update_fields=list(changes))
    audit.record(by=by, at=at, verb="change_profile", subject=f"person:{person.pk}", label=str(person), changes=changes)


def take_browser_zone(*, person: User, time_zone: str, at: dt.datetime) -> None:
    """Give a person who signs in for the first time the time zone of their browser; a name of none changes nothing.

    Who was here before keeps the zone they had time to choose.
    """
    if person.last_login is not None or time_zone not in zoneinfo.available_timezones():
        return
    profile = replace(Profile.of(person), time_zone=time_zone)
    change_profile(person=person, profile=profile, by=person, at=at)


def grant_programs(*, person: User, by: User, at: dt.datetime) -> None:
    """Let a person create programs."""
    _set_program_right(person=person, may=True, by=by, at=at)


def revoke_programs(*, person: User, by: User, at: dt.datetime) -> None:
    """Let a person create programs no longer; theirs stay theirs."""
    _set_program_right(person=person, may=False, by=by, at=at)


@transaction.atomic
def _set_program_right(*, person: User, may: bool, by: User, at: dt.datetime) -> None:
    if not User.objects.filter(pk=person.pk, may_create_programs=not may).update(may_create_programs=may):
        return
    person.may_create_programs = may
    verb = "grant_programs" if may else "revoke_programs"
    audit.record(by=by, at=at, verb=verb, subject=f"person:{person.pk}", label=str(person))
