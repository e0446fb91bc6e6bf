"""Packages between servers: made the same twice, taken in whole or not at all, asked about, decided."""

import base64
import copy
import datetime as dt
import io
import json
import struct
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, transaction

from bonphuong.accounts.models import User
from bonphuong.exchange import signing
from bonphuong.exchange.envelope import MANIFEST, SIGNATURE, open_envelope, seal
from bonphuong.exchange.errors import PackageError
from bonphuong.exchange.models import PartnerKey, ReceivedFigure, ReceivedPackage
from bonphuong.exchange.queries import changed_lines, version_before
from bonphuong.exchange.services import (
    Parcel,
    accept_package,
    answer_file,
    answer_query,
    ask_line,
    letter_file,
    make_package,
    return_package,
    take_in_letter,
    take_in_package,
    trust_key,
)
from bonphuong.exchange.services.sending import sealed
from bonphuong.exchange.signing import fingerprint_of, key_file, public_of
from bonphuong.exchange.telling import EDITION
from bonphuong.kernel.archives import FIRST_MOMENT, pack
from bonphuong.kernel.canonical import canonical, digest_of
from bonphuong.kernel.errors import BadInput, Conflict, NotAllowed
from bonphuong.trail.models import Action

pytestmark = pytest.mark.usefixtures("today")
SIGNED = dt.datetime(2025, 12, 16, 3, tzinfo=dt.UTC)
SEED = bytes(range(32))
OURS = Ed25519PrivateKey.from_private_bytes(SEED)
PERIOD = {
    "code": "2025",
    "cutoff": "statutory",
    "since": "2024-12-15",
    "until": "2025-12-14",
    "label": "năm 2025",
}


def content(number=1, groups="42", office="tinh-mau", **more):
    """The least of a signed content that a package is made of: two figures over two records."""
    uid = f"0198b0de-0000-7000-8000-{number:012d}"

    def figure(name, code, value, rows):
        return {
            "id": name, "n": 1, "key": f"{name}@period", "name": name, "code": code, "basis": "counted",
            "label": "Đoàn ra", "unit": "đoàn", "text": f"{value} đoàn", "value": value, "status": "recorded",
            "period": PERIOD, "as_of": "2025-12-16T02:00:00.000000+00:00", "formula": "", "told": True,
            "recorded": value, "rows": rows,
        }  # fmt: skip

    records = [
        {
            "n": 1,
            "uid": "0198b0de-0000-7000-8000-00000000aaaa",
            "on": "2025-04-01",
            "title": "Đoàn Bí Mật Thử",
        },
        {"n": 2, "uid": "0198b0de-0000-7000-8000-00000000bbbb", "on": "2025-05-01", "title": "Đoàn Khác Thử"},
    ]
    return {
        "edition": {
            "uid": uid, "number": number, "definition": "annual", "version": 2, "office": office,
            "office_name": "Ủy ban nhân dân tỉnh Mẫu", "book": office, "signer": "Trần Minh Họa", "late_rule": "carry",
            "reason": "ghi chú nội bộ",
        },
        "head": {"title": "Kết quả công tác đối ngoại năm 2025"},
        "language": "vi", "is_demo": True, "is_open": False, "spans": {"period": PERIOD}, "filters": {},
        "as_of": "2025-12-16T02:00:00.000000+00:00", "heads": {office: [3, "d" * 64]}, "definitions": {},
        "records": records,
        "figures": [
            figure("out", "outbound.groups", groups, [[1, "1"], [2, "1"]]),
            figure("in", "inbound.groups", "85", [[1, "1"]]),
        ],
        **more,
    }  # fmt: skip


def parcel(number=1, **more):
    told = content(number, **more)
    return Parcel(
        told,
        digest_of(canonical(told)),
        SIGNED,
        "12/BC-UBND",
        [{"key": "x", "value": True}],
        {"report.docx": b"PK"},
    )


def file_of(number=1, to="vufo", key=OURS, **more):
    return sealed(parcel(number, **more), to_office=to, key=key)[0]


@pytest.fixture
def nation(today):
    return User.objects.get(username="lanhdao.vufo")


@pytest.fixture
def trusted(nation):
    return trust_key(
        key_file("tinh-mau", public_of(OURS)), fingerprint=fingerprint_of(public_of(OURS)), actor=nation
    )


@pytest.fixture
def received(nation, trusted):
    return take_in_package(file_of(), actor=nation)


def refused(data, actor):
    """The code of the refusal; nothing of the file was kept."""
    with pytest.raises(PackageError) as caught:
        take_in_package(data, actor=actor)
    assert not ReceivedPackage.objects.exists()
    assert not ReceivedFigure.objects.exists()
    assert caught.value.message
    return caught.value.code


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def signed_again(change):
    """A package whose manifest was changed and signed again with the right key."""
    parts = parts_of(file_of())
    manifest = json.loads(parts[MANIFEST])
    change(manifest, parts)
    body = canonical(manifest).encode()
    return pack({**parts, MANIFEST: body, SIGNATURE: signing.sign(OURS, body).encode()}, FIRST_MOMENT)


# --- made -----------------------------------------------------------------------------------------


def test_the_same_edition_gives_the_same_bytes():
    assert file_of() == file_of()
    assert file_of() != file_of(groups="43")
    assert open_envelope(file_of()).header["version"] == 1


def test_no_record_leaves_the_province_only_digests_of_rows():
    data = b"".join(parts_of(file_of()).values())
    for hidden in ("Bí Mật", "Đoàn Khác", "0198b0de-0000-7000-8000-00000000aaaa", "ghi chú nội bộ"):
        assert hidden.encode() not in data
    [out, _into] = open_envelope(file_of()).read_json(EDITION)["figures"]
    assert [len(one) for one in out["evidence"]] == [64, 64]


def test_a_package_is_made_once_and_then_handed_out_as_it_was(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    officer = User.objects.get(username="canbo")
    told = parcel(office="lc-dofa")
    told.content["edition"]["book"] = "lai-chau"
    first, file = make_package(told, to_office="vufo", actor=officer)
    again, same = make_package(parcel(office="lc-dofa", groups="1"), to_office="vufo", actor=officer)
    assert (again, same) == (first, file)
    assert Action.objects.latest("id").verb == "exchange.package.make"
    assert open_envelope(file).fingerprint == fingerprint_of(public_of(signing.own_key("lc-dofa")))
    with pytest.raises(NotAllowed):
        make_package(parcel(2), to_office="vufo", actor=officer)


def test_the_key_of_an_office_lies_beside_the_other_keys_for_its_owner_alone(settings, tmp_path):
    settings.BONPHUONG_KEYS = tmp_path / "keys" / "fields.json"
    key = signing.own_key("lc-dofa")
    assert public_of(signing.own_key("lc-dofa")) == public_of(key)
    [path] = (tmp_path / "keys" / "offices").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


# --- taken in -------------------------------------------------------------------------------------


def test_what_came_is_kept_with_its_figures(received, nation):
    assert (received.state, received.version, received.book, received.signer) == (
        "received",
        1,
        "tinh-mau",
        "Trần Minh Họa",
    )
    assert [(row.indicator, row.value, row.rows) for row in received.figures.all()] == [
        ("outbound.groups", "42", 2), ("inbound.groups", "85", 1),
    ]  # fmt: skip
    assert Action.objects.latest("id").verb == "exchange.package.take_in"
    assert User.objects.get(username="canbo.vufo").notices.get().kind == "package_came"


def test_nothing_is_taken_in_before_a_person_confirmed_the_key(nation):
    assert refused(file_of(), nation) == "unknown_key"


def test_a_changed_key_is_named_and_must_be_confirmed_again(nation, trusted):
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert refused(file_of(key=other), nation) == "other_key"
    line, told = key_file("tinh-mau", public_of(other)), fingerprint_of(public_of(other))
    with pytest.raises(BadInput, match="không khớp"):
        trust_key(line, fingerprint="0" * 64, actor=nation, replace=True)
    with pytest.raises(Conflict):
        trust_key(line, fingerprint=told, actor=nation)
    trust_key(line, fingerprint=signing.spaced(told).upper(), actor=nation, replace=True)
    assert take_in_package(file_of(key=other), actor=nation)
    assert {key.state for key in PartnerKey.objects.all()} == {"trusted", "replaced"}
    with pytest.raises(PackageError):
        take_in_package(file_of(2), actor=nation)


def test_only_whoever_keeps_settings_confirms_a_key():
    with pytest.raises(NotAllowed):
        trust_key(
            key_file("tinh-mau", public_of(OURS)),
            fingerprint="",
            actor=User.objects.get(username="canbo.vufo"),
        )
    with pytest.raises(PackageError):
        trust_key("ssh-ed25519 AAAA", fingerprint="", actor=User.objects.get(username="lanhdao.vufo"))


@pytest.mark.parametrize("cut", [0, 1, 22, 200, 1000, -1, -30])
def test_a_truncated_file_is_refused(nation, trusted, cut):
    assert refused(file_of()[:cut], nation) in {"archive", "no_package"}


def test_whichever_byte_is_changed_the_content_is_refused_or_the_same(nation, trusted):
    data = file_of()
    whole = open_envelope(data)
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 0x41
        try:
            found = open_envelope(bytes(changed))
        except PackageError:
            continue
        assert (found.parts, found.header, found.sender) == (whole.parts, whole.header, whole.sender)


def test_a_changed_figure_does_not_pass(nation, trusted):
    parts = parts_of(file_of())
    parts[EDITION] = parts[EDITION].replace(b'"value":"42"', b'"value":"43"')
    assert refused(pack(parts, FIRST_MOMENT), nation) == "part_changed"
    parts = parts_of(file_of())
    manifest = json.loads(parts[MANIFEST]) | {"from": "tinh-thu"}
    parts[MANIFEST] = canonical(manifest).encode()
    assert refused(pack(parts, FIRST_MOMENT), nation) == "bad_signature"


@pytest.mark.parametrize(
    "name", ["../evil.json", "/etc/passwd", "a/../../b.json", "C:\\x.json", "documents/Ạ.docx", "x"]
)
def test_a_part_cannot_leave_its_place(nation, trusted, name):
    parts = parts_of(file_of())
    assert refused(pack({**parts, name: b"x"}, FIRST_MOMENT), nation) == "bad_name"


def test_a_part_more_or_less_is_refused(nation, trusted):
    parts = parts_of(file_of())
    assert refused(pack({**parts, "more.json": b"{}"}, FIRST_MOMENT), nation) == "parts_differ"
    del parts["documents/report.docx"]
    assert refused(pack(parts, FIRST_MOMENT), nation) == "parts_differ"
    twice = io.BytesIO(file_of())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(EDITION, b"{}")
    assert refused(twice.getvalue(), nation) == "part_twice"


def test_a_bomb_is_not_unpacked(nation, trusted):
    parts = parts_of(file_of()) | {"bomb.json": bytes(130 * 1024 * 1024)}
    assert refused(pack(parts, FIRST_MOMENT), nation) == "archive_bomb"
    lying = bytearray(pack({"a.json": bytes(130 * 1024 * 1024)}, FIRST_MOMENT))
    place = lying.find(b"PK\x01\x02") + 24
    lying[place : place + 4] = struct.pack("<I", 10)
    assert refused(bytes(lying), nation) in {"archive_bomb", "archive"}


def test_a_file_that_is_too_big_is_not_looked_into(nation, trusted):
    assert refused(bytes(41 * 1024 * 1024), nation) == "too_big"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m, _p: m.update(version=2), "newer_format"),
        (lambda m, _p: m.update(version="1"), "no_package"),
        (lambda m, _p: m.update(format="zip"), "no_package"),
        (lambda m, _p: m.update(kind="query"), "kind"),
        (lambda m, _p: m.update(header=[]), "bad_manifest"),
        (lambda m, _p: m.update(to="lai-chau"), "not_ours"),
        (lambda m, _p: m.update({"from": "atlantis"}), "unknown_office"),
        (lambda m, _p: m["header"].update(book="lai-chau"), "other_book"),
        (lambda m, _p: m["header"].update(period={**PERIOD, "since": "2025-01-01"}), "bad_manifest"),
        (lambda m, _p: m["header"].update(period={**PERIOD, "code": "2025-99"}), "bad_manifest"),
        (lambda m, _p: m["header"].update(version=0), "bad_manifest"),
        (lambda m, _p: m["header"].update(version="x"), "bad_manifest"),
        (lambda m, _p: m["header"].update(edition="x"), "bad_manifest"),
        (lambda m, _p: m["header"].update(content="0" * 64), "bad_manifest"),
        (lambda m, _p: m["header"].update(as_of="2099-01-01T00:00:00+00:00"), "future"),
        (lambda m, _p: m["header"].update(report="../x"), "bad_manifest"),
        (lambda m, _p: m["header"].pop("signer"), "bad_manifest"),
    ],
)
def test_what_the_manifest_says_is_looked_at(nation, trusted, change, code):
    assert refused(signed_again(change), nation) == code


@pytest.mark.parametrize(
    "wrong",
    [
        lambda told: told["figures"][0].update(value="NaN"),
        lambda told: told["figures"][0].update(value=42),
        lambda told: told["figures"][0].update(key="x" * 201),
        lambda told: told["figures"].append(copy.deepcopy(told["figures"][0])),
        lambda told: told["figures"][0]["period"].update(since="hôm qua"),
    ],
)
def test_figures_that_are_none_are_refused(nation, trusted, wrong):
    told = content()
    told = json.loads(json.dumps(told))
    wrong(told)
    given = Parcel(told, "0" * 64, SIGNED)
    assert refused(sealed(given, to_office="vufo", key=OURS)[0], nation) == "bad_figures"


def signed_by(name):
    """A package whose signer is called so, written as JSON writes it and not as we do."""
    parts = parts_of(file_of())
    manifest = json.loads(parts[MANIFEST])
    manifest["header"]["signer"] = name
    body = json.dumps(manifest).encode()
    return pack(
        {**parts, MANIFEST: body, SIGNATURE: signing.sign(OURS, body).encode()},
        FIRST_MOMENT,
    )


@pytest.mark.parametrize("name", ["\ud800", "Lò\0Minh Họa", "\\\0", "\0"])
def test_text_that_no_database_takes_is_refused(nation, trusted, name):
    assert refused(signed_by(name), nation) == "part_unreadable"


@pytest.mark.parametrize("body", [b'{"package":"x\\u0000","queries":[]}', b'{"\\u0000":1}'])
def test_a_letter_that_no_database_takes_is_refused(both, body):
    letter = seal(
        "return", {}, {"letter.json": body}, sender="vufo", receiver="lc-dofa", key=signing.own_key("vufo")
    )
    with pytest.raises(PackageError) as caught:
        take_in_letter(letter, actor=User.objects.get(username="canbo"))
    assert caught.value.code == "part_unreadable"


@pytest.mark.parametrize("name", ["\\u0000", "a\\\\u0000"])
def test_letters_that_only_look_like_an_escape_are_taken(nation, trusted, name):
    assert take_in_package(signed_by(name), actor=nation).signer == name


def test_garbage_is_refused(nation, trusted):
    for data in (b"", b"PK", b"\x00" * 100, pack({"a.txt": b"x"}, FIRST_MOMENT), b"%PDF-1.7 \n" * 50):
        assert refused(data, nation) in {"archive", "no_package"}


def test_whoever_may_not_takes_nothing_in(trusted):
    for name in ("kiemtra", "canbo"):
        with pytest.raises((NotAllowed, PackageError)):
            take_in_package(file_of(), actor=User.objects.get(username=name))


def test_the_same_package_twice_is_named(received, nation):
    with pytest.raises(PackageError) as caught:
        take_in_package(file_of(), actor=nation)
    assert caught.value.code == "duplicate"
    with pytest.raises(PackageError) as caught:
        take_in_package(file_of(groups="99"), actor=nation)
    assert caught.value.code == "version_differs"
    take_in_package(file_of(3), actor=nation)
    with pytest.raises(PackageError) as caught:
        take_in_package(file_of(2), actor=nation)
    assert caught.value.code == "older_version"
    assert ReceivedPackage.objects.count() == 2


# --- asked, returned, resubmitted, accepted -------------------------------------------------------


@pytest.fixture
def sent(today, settings, tmp_path):
    """A package as the province keeps it, with the same file as the nation took in."""
    settings.BONPHUONG_KEYS = tmp_path / "fields.json"
    path = tmp_path / "offices" / "lc-dofa.key"
    path.parent.mkdir()
    path.write_bytes(base64.b64encode(SEED))
    officer = User.objects.get(username="canbo")
    told = parcel(office="lc-dofa")
    told.content["edition"]["book"] = "lai-chau"
    return make_package(told, to_office="vufo", actor=officer)


@pytest.fixture
def both(sent, nation):
    """The package on both sides, and the keys of both believed."""
    made, file = sent
    for office, actor in (("lc-dofa", nation), ("vufo", User.objects.get(username="truongphong"))):
        public = public_of(signing.own_key(office))
        trust_key(key_file(office, public), fingerprint=fingerprint_of(public), actor=actor)
    return made, take_in_package(file, actor=nation)


def test_a_line_is_asked_about_answered_and_the_package_accepted(both, nation):
    made, came = both
    officer = User.objects.get(username="canbo")
    query = ask_line(came, key="out@period", text="Đã gồm đoàn của huyện chưa?", actor=nation)
    assert came.state == "queried"
    letter, kind = letter_file(came, actor=nation)
    assert (kind, letter) == ("query", letter_file(came, actor=nation)[0])
    take_in_letter(letter, actor=officer)
    made.refresh_from_db()
    assert made.state == "queried"
    [asked] = made.queries.all()
    assert asked == query
    answer_query(asked, text="Đã gồm.", actor=officer)
    assert made.state == "answered"
    answers = answer_file(made, actor=officer)
    take_in_letter(answers, actor=nation)
    came.refresh_from_db()
    assert (came.state, came.queries.get().answer) == ("received", "Đã gồm.")
    accept_package(came, actor=nation)
    take_in_letter(letter_file(came, actor=nation)[0], actor=officer)
    made.refresh_from_db()
    assert (came.state, made.state) == ("accepted", "accepted")
    with pytest.raises(Conflict):
        return_package(came, reason="muộn", actor=nation)


def test_a_returned_package_comes_again_and_only_the_change_is_shown(received, nation):
    with pytest.raises(BadInput):
        return_package(received, reason=" ", actor=nation)
    return_package(received, reason="Thiếu đoàn của tháng 11", actor=nation)
    letter, kind = letter_file(received, actor=nation)
    assert kind == "return"
    assert json.loads(parts_of(letter)["letter.json"])["reason"] == "Thiếu đoàn của tháng 11"
    again = take_in_package(file_of(2, groups="43"), actor=nation)
    before = version_before(again)
    assert before == received
    [changed] = changed_lines(again, before)
    assert (changed.key, changed.then.value, changed.now.value, changed.difference) == (
        "out@period",
        "42",
        "43",
        1,
    )
    received.refresh_from_db()
    assert received.state == "superseded"


def test_an_accepted_version_counts_until_the_next_is_accepted(received, nation):
    accept_package(received, actor=nation)
    again = take_in_package(file_of(2, groups="43"), actor=nation)
    received.refresh_from_db()
    assert (received.state, again.state) == ("accepted", "received")
    accept_package(again, actor=nation)
    received.refresh_from_db()
    assert (received.state, again.state) == ("superseded", "accepted")


def test_a_package_of_another_day_changes_nothing_in_figures_that_came(received):
    with pytest.raises(DatabaseError), transaction.atomic():
        ReceivedFigure.objects.filter(package=received).update(value="1")


def test_letters_are_believed_as_little_as_packages(received, nation, sent):
    officer = User.objects.get(username="canbo")
    return_package(received, reason="sai", actor=nation)
    letter, _kind = letter_file(received, actor=nation)
    with pytest.raises(PackageError) as caught:
        take_in_letter(letter, actor=officer)
    assert caught.value.code == "not_ours"
    with pytest.raises(PackageError) as caught:
        take_in_letter(file_of(), actor=nation)
    assert caught.value.code == "kind"
    made, _file = sent
    forged = seal(
        "accept",
        {},
        {"letter.json": b"[]"},
        sender="vufo",
        receiver="lc-dofa",
        key=Ed25519PrivateKey.generate(),
    )
    with pytest.raises(PackageError) as caught:
        take_in_letter(forged, actor=officer)
    assert caught.value.code == "unknown_key"
    made.refresh_from_db()
    assert made.state == "made"


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b"null", b'{"package":1}', b"\xff", b'{"package":"x","queries":[{}]}']
)
def test_a_letter_of_another_shape_is_refused(both, nation, body):
    letter = seal(
        "return", {}, {"letter.json": body}, sender="vufo", receiver="lc-dofa", key=signing.own_key("vufo")
    )
    with pytest.raises(PackageError):
        take_in_letter(letter, actor=User.objects.get(username="canbo"))


def test_a_question_needs_a_figure_and_words(received, nation):
    for key, text in (("nowhere", "?"), ("out@period", " ")):
        with pytest.raises(BadInput):
            ask_line(received, key=key, text=text, actor=nation)
    with pytest.raises(BadInput):
        letter_file(received, actor=nation)
    with pytest.raises(NotAllowed):
        ask_line(received, key="out@period", text="?", actor=User.objects.get(username="canbo"))
