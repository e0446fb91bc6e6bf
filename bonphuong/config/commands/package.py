"""`bonphuong package`: reports as signed packages between servers, and the letters about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonphuong.config.operators import known_office, known_user
from bonphuong.config.terminal import UsageError, add_json, add_office, say, say_json, say_table
from bonphuong.exchange import services
from bonphuong.exchange.enums import LetterKind
from bonphuong.exchange.envelope import open_envelope
from bonphuong.exchange.models import LineQuery, ReceivedPackage, SentPackage
from bonphuong.exchange.queries import changed_lines, version_before, visible_received, visible_sent
from bonphuong.exchange.signing import fingerprint_of, key_file, spaced
from bonphuong.exchange.telling import EDITION, lines_of
from bonphuong.reports.queries import definition_and_period, signed_edition
from bonphuong.reports.services import package_edition, package_receivers

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from bonphuong.accounts.models import User
    from bonphuong.config.terminal import Parser
    from bonphuong.reports.models import Edition

SUMMARY = gettext_lazy("Send reports to another server as signed packages, take them in, ask, return, accept")


def add_arguments(parser: Parser) -> None:
    """One thing to do at a time."""
    todo = parser.add_subparsers(required=True, metavar=_("ACTION"), dest="action")
    _add_making(todo)
    take = todo.add_parser("import", help=_("take in a package or a letter about one"))
    _add_file(take)
    _add_user(take)
    add_json(take)
    add_json(todo.add_parser("list", help=_("list the packages made and received here")))
    show = todo.add_parser("show", help=_("say what a file holds, whether it is whole, and who signed it"))
    _add_file(show)
    add_json(show)
    _add_deciding(todo)


def _add_making(todo: Any) -> None:
    key = todo.add_parser("key", help=_("say the public key of an office; it is made on first use"))
    add_office(key)
    _add_user(key)
    _add_out(key)
    trust = todo.add_parser("trust", help=_("believe the key of another office from now on"))
    _add_file(trust)
    trust.add_argument("--fingerprint", required=True, help=_("as the office told it by another way"))
    trust.add_argument("--replace", action="store_true", help=_("it takes the place of another key"))
    _add_user(trust)
    make = todo.add_parser("make", help=_("put a signed report into a package"))
    make.add_argument("report", metavar=_("REPORT"), help=_("monthly, annual or another report"))
    add_office(make)
    make.add_argument("--period", required=True, metavar=_("PERIOD"), help=_("2025 or 2025-06"))
    make.add_argument(
        "--to", default="", metavar=_("CODE"), help=_("receiver; needed where there are several")
    )
    _add_user(make)
    _add_out(make)


def _add_deciding(todo: Any) -> None:
    ask = todo.add_parser("ask", help=_("ask about one figure of a package received"))
    _add_package(ask)
    ask.add_argument("key", metavar=_("FIGURE"), help=_("key of the figure, as “show” names it"))
    ask.add_argument("text", metavar=_("TEXT"))
    _add_user(ask)
    answer = todo.add_parser("answer", help=_("answer a question on a figure of a package made here"))
    answer.add_argument("query", metavar=_("QUESTION"), help=_("its number, as “list” names it"))
    answer.add_argument("text", metavar=_("TEXT"))
    _add_user(answer)
    for name, words in (("accept", _("accept a package")), ("return", _("return a package with a reason"))):
        decide = todo.add_parser(name, help=words)
        _add_package(decide)
        decide.add_argument("--reason", default="", metavar=_("TEXT"), required=name == "return")
        _add_user(decide)
    letter = todo.add_parser("letter", help=_("write the letter about a package, for the other server"))
    _add_package(letter)
    _add_user(letter)
    _add_out(letter)


def _add_file(parser: Any) -> None:
    parser.add_argument("file", metavar=_("FILE"))


def _add_package(parser: Any) -> None:
    parser.add_argument("package", metavar=_("PACKAGE"), help=_("its number, as “list” names it"))


def _add_user(parser: Any) -> None:
    parser.add_argument("--user", required=True, metavar=_("USER"), help=_("in whose name"))


def _add_out(parser: Any) -> None:
    parser.add_argument("--out", required=True, metavar=_("FILE"), help=_("where to write it"))


def run(options: argparse.Namespace) -> int:
    """Do the one thing. Errors end with 1 and a line that says what is wrong."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {
        "accept": _decide, "answer": _answer, "ask": _ask, "import": _import, "key": _key, "letter": _letter,
        "list": _list, "make": _make, "return": _decide, "show": _show, "trust": _trust,
    }  # fmt: skip
    actions[options.action](options)
    return 0


def _key(options: argparse.Namespace) -> None:
    office = known_office(options.office)
    public = services.make_key(office.code, actor=known_user(options.user))
    Path(options.out).write_text(key_file(office.code, public), encoding="ascii")
    say(options.out, _("Fingerprint: %(fingerprint)s") % {"fingerprint": spaced(fingerprint_of(public))})


def _trust(options: argparse.Namespace) -> None:
    key = services.trust_key(
        Path(options.file).read_text(encoding="ascii", errors="replace"),
        fingerprint=options.fingerprint,
        actor=known_user(options.user),
        replace=options.replace,
    )
    say(_("The key of %(office)s is believed from now on.") % {"office": key.office_code})


def _make(options: argparse.Namespace) -> None:
    office = known_office(options.office)
    _definition, period = definition_and_period(options.report, office.code, options.period)
    signed = signed_edition(options.report, office.code, period)
    if signed is None:
        raise UsageError(_("No signed report of this period stands. Sign it first."))
    receiver = options.to or _only_receiver(signed.edition)
    package, file = package_edition(
        actor=known_user(options.user), edition=signed.edition, to_office=receiver
    )
    Path(options.out).write_bytes(file)
    say(options.out, _told(package), f"SHA-256 {package.file_digest}")


def _only_receiver(edition: Edition) -> str:
    codes = [office.code for office in package_receivers(edition)]
    if len(codes) != 1:
        raise UsageError(_("Say by --to for whom it is: %(codes)s.") % {"codes": ", ".join(codes) or "–"})
    return codes[0]


def _import(options: argparse.Namespace) -> None:
    data, actor = Path(options.file).read_bytes(), known_user(options.user)
    row: SentPackage | ReceivedPackage
    if open_envelope(data).kind == LetterKind.REPORT:
        row = services.take_in_package(data, actor=actor)
        before = version_before(row)
        changed = changed_lines(row, before) if before else []
        if options.json:
            say_json({"package": str(row.pk), "state": row.state, "changed": [one.key for one in changed]})
            return
        say(_told(row))
        if before is not None:
            say(_("Changed against version %(version)s:") % {"version": before.version})
            rows = [
                (o.key, o.label, o.then.text if o.then else "–", o.now.text if o.now else "–")
                for o in changed
            ]
            say_table(rows, (_("Figure"), _("Name"), _("Then"), _("Now")))
        return
    row = services.take_in_letter(data, actor=actor)
    if options.json:
        say_json({"package": str(row.pk), "state": row.state})
    else:
        say(_told(row))


def _list(options: argparse.Namespace) -> None:
    rows: list[dict[str, Any]] = [
        {"package": str(row.pk), "way": way, "office": row.office_code, "to": row.to_office, "report": row.report,
         "period": row.period_code, "version": row.version, "state": row.state,
         "queries": [
             {"query": str(one.pk), "figure": one.key, "text": one.text, "answer": one.answer}
             for one in row.queries.all()
         ]}
        for way, some in (("sent", SentPackage.objects.all()), ("received", ReceivedPackage.objects.all()))
        for row in some.prefetch_related("queries")
    ]  # fmt: skip
    if options.json:
        say_json(rows)
        return
    names = ("package", "way", "office", "to", "report", "period", "version", "state")
    heads = (
        _("Package"), _("Way"), _("From"), _("To"), _("Report"), _("Period"), _("Version"), _("State"),
    )  # fmt: skip
    say_table([[row[name] for name in names] for row in rows], heads)
    for row in rows:
        for one in row["queries"]:
            say(f"{one['query']}  {one['figure']}: {one['text']} {one['answer'] or '…'}")


def _show(options: argparse.Namespace) -> None:
    envelope = open_envelope(Path(options.file).read_bytes())
    told: dict[str, Any] = {
        "kind": envelope.kind,
        "from": envelope.sender,
        "to": envelope.receiver,
        "fingerprint": envelope.fingerprint,
        "sha256": envelope.digest,
        "header": dict(envelope.header),
        "parts": sorted(envelope.parts),
    }
    lines = lines_of(envelope.read_json(EDITION)) if EDITION in envelope.parts else []
    if options.json:
        told["figures"] = [{"key": o.key, "label": o.label, "value": o.value, "unit": o.unit} for o in lines]
        say_json(told)
        return
    say(
        f"{LetterKind(envelope.kind).label}: {envelope.sender} → {envelope.receiver}",
        _("Fingerprint: %(fingerprint)s") % {"fingerprint": spaced(envelope.fingerprint)},
        f"SHA-256 {envelope.digest}",
        *(f"  {name}  {len(part)}" for name, part in sorted(envelope.parts.items())),
    )
    if lines:
        say_table(
            [(o.key, o.label, o.text) for o in lines if o.is_told], (_("Figure"), _("Name"), _("Value"))
        )


def _ask(options: argparse.Namespace) -> None:
    actor = known_user(options.user)
    query = services.ask_line(_received(options, actor), key=options.key, text=options.text, actor=actor)
    say(str(query.pk))


def _answer(options: argparse.Namespace) -> None:
    query = LineQuery.objects.filter(pk=_uid(options.query)).first()
    if query is None:
        raise UsageError(_("There is no such question."))
    services.answer_query(query, text=options.text, actor=known_user(options.user))
    say(_("Answered."))


def _decide(options: argparse.Namespace) -> None:
    actor = known_user(options.user)
    decide = services.accept_package if options.action == "accept" else services.return_package
    say(_told(decide(_received(options, actor), reason=options.reason, actor=actor)))


def _letter(options: argparse.Namespace) -> None:
    actor = known_user(options.user)
    sent = SentPackage.objects.visible_to(actor).filter(pk=_uid(options.package)).first()
    if sent is not None:
        file = services.answer_file(visible_sent(actor, sent.pk), actor=actor)
    else:
        file, _kind = services.letter_file(_received(options, actor), actor=actor)
    Path(options.out).write_bytes(file)
    say(options.out)


def _received(options: argparse.Namespace, actor: User) -> ReceivedPackage:
    try:
        return visible_received(actor, _uid(options.package))
    except ReceivedPackage.DoesNotExist:
        raise UsageError(_("There is no such package.")) from None


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(
            _("This is no number of a package or question: %(text)s.") % {"text": text}
        ) from None


def _told(row: SentPackage | ReceivedPackage) -> str:
    return f"{row.pk}  {row}  {row.get_state_display()}"
