"""What somebody names when they ask for something: the program, and what and whom in it, in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet, Value

from core.accounts.models import User
from programs.exceptions import NothingOfThatName, NotInThisProgram
from programs.models import Membership, Outcome, Phase, Program

# A number, or a code, key or address.
Named = int | str
# What is named by a code in a program, by the name of the field that names it.
Kinds = Mapping[str, Any]
PLACES: Kinds = {"phase": Phase, "outcome": Outcome}


def find_places(
    reader: User, program: Named, named: Mapping[str, Named | None], *, kinds: Kinds = PLACES
) -> dict[str, Any]:
    """Return what the reader named in one of their programs, with the program itself; None stays None.

    `named` maps one of the `kinds` (phase, outcome) to a number or code, and anything else to a member of the program.
    The models carry their number, program and code, which is all that pointing to them takes.

    Raises:
        NothingOfThatName: when the reader belongs to no such program.
        NotInThisProgram: naming every field that points to nothing there.
    """
    wanted = {name: ref for name, ref in named.items() if ref is not None}
    found = _find(reader, program, wanted, kinds)
    if "program" not in found:
        raise NothingOfThatName(fields={"program": [NothingOfThatName.sentence]})
    if missing := [name for name in wanted if name not in found]:
        raise NotInThisProgram(fields={name: [NotInThisProgram.sentence] for name in missing})
    return {**dict.fromkeys(named), **found}


def find_moved(
    reader: User, program_id: int, named: Mapping[str, Named | None], *, kinds: Kinds = PLACES
) -> dict[str, Any]:
    """Return what a change points to now in a program of the reader's, without a look-up where it names nothing."""
    found = find_places(reader, program_id, named, kinds=kinds) if named else {}
    return {name: found[name] for name in named}


def one_of(rows: QuerySet[Any], ref: Named, *, field: str) -> Any:
    """Return the row that a reference names by number, key or full code, among those that the reader may see.

    Raises:
        NothingOfThatName: when it is none of them.
    """
    row = rows.filter(**_named(rows.model, ref)).first()
    if row is None:
        raise NothingOfThatName(fields={field: [NothingOfThatName.sentence]})
    return row


def program_named(reader: User, ref: Named) -> Program:
    """Return the program that a body names.

    Raises:
        NothingOfThatName: when the reader belongs to none of the name.
    """
    found: Program = one_of(Program.objects.visible_to(reader), ref, field="program")
    return found


def _named(model: type[Model], ref: Named) -> dict[str, Any]:
    """Return the condition of a reference; a code alone could be any program's, and names nothing."""
    if isinstance(ref, int):
        return {"pk": ref}
    if model is Program:
        return {"key": ref}
    key, _dash, code = ref.rpartition("-")
    return {"program__key": key, "code": code}


def _find(reader: User, program: Named, named: Mapping[str, Named], kinds: Kinds) -> dict[str, Model]:
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
