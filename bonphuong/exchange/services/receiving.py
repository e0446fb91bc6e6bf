"""Where packages come in: taken in whole or not at all, asked about line by line, accepted or returned."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from bonphuong.accounts.models import Office
from bonphuong.accounts.queries import people_at
from bonphuong.accounts.rules import can
from bonphuong.exchange.enums import KeyState, LetterKind, ReceivedState
from bonphuong.exchange.envelope import Envelope, open_envelope, seal
from bonphuong.exchange.errors import PackageError
from bonphuong.exchange.models import LineQuery, PartnerKey, ReceivedFigure, ReceivedPackage
from bonphuong.exchange.rules import HANDLE, must
from bonphuong.exchange.signing import own_key, spaced
from bonphuong.exchange.telling import EDITION, lines_of
from bonphuong.kernel import clock
from bonphuong.kernel.canonical import canonical, digest_of, moment_text
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.kernel.periods import Cutoff, Period
from bonphuong.notices.enums import NoticeKind
from bonphuong.notices.services import Telling, tell
from bonphuong.papers import storage
from bonphuong.trail.acting import acting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bonphuong.accounts.models import User
    from bonphuong.exchange.models.packages import Told
    from bonphuong.exchange.telling import Line

LETTER = "letter.json"
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DECIDED = {ReceivedState.ACCEPTED, ReceivedState.RETURNED, ReceivedState.SUPERSEDED}


def take_in_package(data: bytes, *, actor: User) -> ReceivedPackage:
    """Take in a package that came to one of the actor's offices: all of it, or nothing and a word why.

    Raises PackageError (by its `code`: the file is hostile or damaged, its signature or key is not believed, it is for
    somebody else, it came already), NotAllowed.
    """
    if not can(actor, HANDLE):
        raise NotAllowed(_("You may not take in packages."))
    envelope = open_envelope(data)
    if envelope.kind != LetterKind.REPORT:
        raise PackageError(
            _("This file is a letter about a package, not a package of a report."), code="kind"
        )
    _check_addresses(envelope, actor)
    check_key(envelope)
    row, lines, practice = _read(envelope)
    with acting(actor=actor, verb="exchange.package.take_in", office=row.to_office, obj=row):
        _refuse_known(row)
        stored = storage.store(data)
        row.file_name, row.size = stored.name, stored.size
        row.practice = practice
        row.received_by, row.received_at = actor.get_full_name(), clock.now()
        earlier = _series(row).exclude(state=ReceivedState.ACCEPTED)
        earlier.exclude(state=ReceivedState.SUPERSEDED).update(state=ReceivedState.SUPERSEDED)
        row.save(force_insert=True)
        ReceivedFigure.objects.bulk_create(_figures(row, lines), batch_size=200)
        others = [user for user in people_at([row.to_office], HANDLE) if user.pk != actor.pk]
        tell(others, Telling(NoticeKind.PACKAGE_CAME, row.pk, "desk:package", told_of(row, row.office_code)))
    return row


def check_key(envelope: Envelope) -> None:
    """Raise PackageError where the envelope is not signed with the key that is believed for its sender."""
    trusted = PartnerKey.objects.filter(office_code=envelope.sender, state=KeyState.TRUSTED).first()
    told = {"office": envelope.sender, "fingerprint": spaced(envelope.fingerprint)}
    if trusted is None:
        message = _(
            "Nobody has confirmed the key of “%(office)s” yet. Have its fingerprint confirmed first: %(fingerprint)s."
        )
        raise PackageError(message % told, code="unknown_key")
    if trusted.fingerprint != envelope.fingerprint:
        message = _(
            "“%(office)s” signed with another key than the one that is believed: %(fingerprint)s. "
            "Ask the office; if it changed its key, have the new one confirmed."
        )
        raise PackageError(message % told, code="other_key")


def ask_line(package: ReceivedPackage, *, key: str, text: str, actor: User) -> LineQuery:
    """Ask about one figure of a package that is not decided yet. Raises NotAllowed, BadInput, Conflict."""
    must(actor, HANDLE, package.to_office)
    figure = package.figures.filter(key=key).first()
    if figure is None:
        raise BadInput({"key": [_("The package has no such figure.")]})
    if not text.strip():
        raise BadInput({"text": [_("Write what you ask.")]})
    with acting(actor=actor, verb="exchange.query.ask", office=package.to_office, obj=package, reason=text):
        row = _undecided(package)
        query = LineQuery.objects.create(
            received=row, key=key, label=figure.label, value=figure.text, text=text.strip()[:1000],
            asked_by=actor.get_full_name(), asked_at=clock.now(),
        )  # fmt: skip
        _set(row, ReceivedState.QUERIED, package)
        return query


def accept_package(package: ReceivedPackage, *, actor: User, reason: str = "") -> ReceivedPackage:
    """Take the figures into the national sum, in place of an earlier version's. Raises NotAllowed, Conflict."""
    must(actor, HANDLE, package.to_office)
    with acting(
        actor=actor, verb="exchange.package.accept", office=package.to_office, obj=package, reason=reason
    ):
        row = _undecided(package)
        _series(row).filter(state=ReceivedState.ACCEPTED).update(state=ReceivedState.SUPERSEDED)
        return _decide(row, ReceivedState.ACCEPTED, actor, reason, package)


def return_package(package: ReceivedPackage, *, reason: str, actor: User) -> ReceivedPackage:
    """Send it back with a reason: the province answers with a new version. Raises NotAllowed, BadInput, Conflict."""
    must(actor, HANDLE, package.to_office)
    if not reason.strip():
        raise BadInput({"reason": [_("Say why the package is returned.")]})
    with acting(
        actor=actor, verb="exchange.package.return", office=package.to_office, obj=package, reason=reason
    ):
        return _decide(_undecided(package), ReceivedState.RETURNED, actor, reason, package)


def letter_file(package: ReceivedPackage, *, actor: User) -> tuple[bytes, str]:
    """The signed letter to the province about a package as it stands now, and its kind.

    Raises NotAllowed, BadInput where there is nothing to tell. The same state gives the same bytes.
    """
    must(actor, HANDLE, package.to_office)
    kinds = {
        ReceivedState.QUERIED: LetterKind.QUERY,
        ReceivedState.RETURNED: LetterKind.RETURN,
        ReceivedState.ACCEPTED: LetterKind.ACCEPT,
    }
    kind = kinds.get(ReceivedState(package.state))
    if kind is None:
        raise BadInput({"": [_("There is nothing to tell the province yet.")]})
    body = {
        "package": package.file_digest,
        "edition": str(package.edition_uid),
        "version": package.version,
        "reason": package.reason,
        "by": package.decided_by,
        "at": moment_text(package.decided_at),
        "queries": [
            {"uid": str(one.pk), "key": one.key, "label": one.label, "value": one.value, "text": one.text,
             "by": one.asked_by, "at": moment_text(one.asked_at)}
            for one in package.queries.order_by("asked_at", "uid")
            if one.is_open or kind != LetterKind.QUERY
        ],
    }  # fmt: skip
    header = {"about": package.file_digest, "title": str(package)}
    key = own_key(package.to_office)
    parts = {LETTER: canonical(body).encode()}
    file = seal(kind, header, parts, sender=package.to_office, receiver=package.office_code, key=key)
    return file, str(kind)


def told_of(row: Told, office_code: str) -> dict[str, Any]:
    """Words of a notice about a package: whose it is, and of which period, in both languages."""
    office = Office.objects.get(pk=office_code)
    return {
        "office": {lang: office.name(lang) for lang in ("vi", "en")},
        "period": {lang: row.period.label(lang) for lang in ("vi", "en")},
    }


# --- reading what came ----------------------------------------------------------------------------


def _check_addresses(envelope: Envelope, actor: User) -> None:
    offices = set(
        Office.objects.filter(pk__in=[envelope.sender, envelope.receiver]).values_list("pk", flat=True)
    )
    if envelope.receiver not in offices or not can(actor, HANDLE, envelope.receiver):
        message = _("The package is for “%(office)s”, where you do not take in packages.")
        raise PackageError(message % {"office": envelope.receiver[:80]}, code="not_ours")
    if envelope.sender not in offices:
        message = _("The office “%(office)s” that sends the package is not among the offices here.")
        raise PackageError(message % {"office": envelope.sender[:80]}, code="unknown_office")


def _read(envelope: Envelope) -> tuple[ReceivedPackage, list[Line], list[dict[str, Any]]]:
    """The package as a row that is not saved, with its figures. Raises PackageError."""
    header, edition = envelope.header, envelope.read_json(EDITION)
    if not isinstance(edition, dict) or digest_of(envelope.parts[EDITION]) != header.get("content"):
        raise _damaged()
    lines = lines_of(edition)
    try:
        row = _row(envelope, header)
        practice = [_practice(one) for one in edition["practice"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged() from error
    path = Office.objects.values_list("path", flat=True).get(pk=envelope.sender)
    if row.book != path.split("/", 1)[0]:
        message = _("The office “%(office)s” stands in another book here than it says.")
        raise PackageError(message % {"office": envelope.sender}, code="other_book")
    return row, lines, practice


def _row(envelope: Envelope, header: Mapping[str, Any]) -> ReceivedPackage:
    told = header["period"]
    period = Period.parse(told["code"], Cutoff(told["cutoff"]))
    if (period.since.isoformat(), period.until.isoformat()) != (told["since"], told["until"]):
        raise _damaged()
    version = header["version"]
    if not isinstance(version, int) or not 1 <= version < 10_000:
        raise _damaged()
    as_of = dt.datetime.fromisoformat(header["as_of"])
    if as_of > clock.now() + dt.timedelta(days=1):
        raise PackageError(
            _("The figures of the package stand at a day that is still to come."), code="future"
        )
    return ReceivedPackage(
        office_code=envelope.sender,
        book=_word(header["book"], 80),
        to_office=envelope.receiver,
        report=_word(header["report"], 40),
        period_code=period.code,
        cutoff=str(period.cutoff),
        since=period.since,
        until=period.until,
        language=_word(header["language"], 2),
        version=version,
        edition_uid=UUID(header["edition"]),
        as_of=as_of,
        content_digest=header["content"],
        file_digest=envelope.digest,
        fingerprint=envelope.fingerprint,
        signer=str(header["signer"])[:200],
        signed_at=dt.datetime.fromisoformat(header["signed_at"]),
        paper_number=str(header["paper_number"])[:40],
        is_demo=bool(header["is_demo"]),
    )


def _practice(one: Mapping[str, Any]) -> dict[str, Any]:
    value = one["value"]
    if not isinstance(value, bool | str):
        raise TypeError("practice")
    source = str(one.get("source", ""))[:300]
    return {
        "key": str(one["key"])[:60],
        "value": value,
        "source": source,
        "proved": bool(one.get("proved")),
        "said": bool(one.get("said", True)),
    }


def _word(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or not _CODE.fullmatch(value):
        raise ValueError(value)
    return value


def _damaged() -> PackageError:
    return PackageError(_("The manifest of the package is damaged."), code="bad_manifest")


def _series(row: ReceivedPackage) -> Any:
    """All versions of the same report that came here, locked."""
    return ReceivedPackage.objects.select_for_update().filter(
        book=row.book, to_office=row.to_office, report=row.report, period_code=row.period_code, cutoff=row.cutoff,
        language=row.language,
    )  # fmt: skip


def _refuse_known(row: ReceivedPackage) -> None:
    for known in _series(row).order_by("-version"):
        if known.version == row.version:
            if known.content_digest == row.content_digest:
                raise PackageError(_("This package was taken in already."), code="duplicate")
            message = _(
                "Version %(version)s of this report came before with other figures. Ask the province."
            )
            raise PackageError(message % {"version": row.version}, code="version_differs")
        if known.version > row.version:
            message = _("A newer version of this report (%(version)s) came already.")
            raise PackageError(message % {"version": known.version}, code="older_version")


def _figures(row: ReceivedPackage, lines: Sequence[Line]) -> list[ReceivedFigure]:
    return [
        ReceivedFigure(
            package=row, order=order, key=line.key, indicator=line.indicator, filters=line.filters, label=line.label,
            unit=line.unit, basis=line.basis, status=line.status, since=line.since, until=line.until,
            value=line.value, recorded=line.recorded, text=line.text, rows=len(line.evidence),
            evidence=line.evidence_digest, is_told=line.is_told, is_part=line.is_part,
        )
        for order, line in enumerate(lines, start=1)
    ]  # fmt: skip


def _undecided(package: ReceivedPackage) -> ReceivedPackage:
    row = ReceivedPackage.objects.select_for_update().get(pk=package.pk)
    if row.state in _DECIDED:
        raise Conflict(_("This package has been decided meanwhile, or a newer version of it came."))
    return row


def _decide(
    row: ReceivedPackage, state: ReceivedState, actor: User, reason: str, package: ReceivedPackage
) -> ReceivedPackage:
    row.reason, row.decided_by, row.decided_at = reason.strip()[:500], actor.get_full_name(), clock.now()
    _set(row, state, package, "reason", "decided_by", "decided_at")
    return row


def _set(row: ReceivedPackage, state: ReceivedState, package: ReceivedPackage, *fields: str) -> None:
    row.state = state
    row.save(update_fields=["state", *fields])
    package.refresh_from_db()
