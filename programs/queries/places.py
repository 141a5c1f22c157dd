"""What somebody names when they ask for something: the program, and what and whom in it, in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value

from core.accounts.models import User
from programs.models import Membership, Outcome, Phase, Program

# A number, or a code, key or address.
Named = int | str
# What is named by a code in a program, by the name of the field that names it.
Kinds = Mapping[str, Any]
PLACES: Kinds = {"phase": Phase, "outcome": Outcome}


def find_places(reader: User, program: Named, named: Mapping[str, Named], *, kinds: Kinds = PLACES) -> dict[str, Model]:
    """Return what the reader named in one of their programs, and the program; what is not there is left out.

    `named` maps one of the `kinds` (phase, outcome) to a number or code, and anything else to a member of the program.
    The models carry their number, program and code, which is all that pointing to them takes.
    """
    chosen = {"pk": program} if isinstance(program, int) else {"key": program}
    programs = Program.objects.visible_to(reader).filter(**chosen)
    found: QuerySet[Any, Any] = programs.order_by().values_list(_label("program"), "pk", "pk", "key")
    others = [_rows(reader, programs, name, ref, kinds) for name, ref in named.items()]
    return {row[0]: _model(row[0], row[1], row[2], row[3], kinds) for row in found.union(*others, all=True)}


def _label(name: str) -> Value:
    return Value(name, output_field=CharField())


def _rows(reader: User, programs: QuerySet[Program], name: str, ref: Named, kinds: Kinds) -> QuerySet[Any, Any]:
    if name in kinds:
        named = kinds[name].objects.filter(_by_code(ref), program__in=programs)
        places: QuerySet[Any, Any] = named.order_by().values_list(_label(name), "pk", "program_id", "code")
        return places
    members = Membership.objects.filter(_by_address(ref, reader), program__in=programs)
    return members.order_by().values_list(_label(name), "person_id", "program_id", "person__email")


def _by_code(ref: Named) -> Q:
    if isinstance(ref, int):
        return Q(pk=ref)
    key, _dash, code = ref.rpartition("-")
    return Q(code=code, program__key=key) if key else Q(code=code)


def _by_address(ref: Named, reader: User) -> Q:
    if isinstance(ref, int):
        return Q(person_id=ref)
    return Q(person_id=reader.pk) if ref == "me" else Q(person__email=ref.lower())


def _model(name: str, pk: int, program_id: int, text: str, kinds: Kinds) -> Model:
    if name == "program":
        return Program(pk=pk, key=text)
    if name in kinds:
        place: Model = kinds[name](pk=pk, program_id=program_id, code=text)
        return place
    return User(pk=pk, email=text)
