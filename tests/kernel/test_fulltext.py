"""Words of the search, where they stand in a text, and the index that the database keeps by itself."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations import Migration
from hypothesis import given
from hypothesis import strategies as st

from bonphuong.kernel.fulltext import asked, excerpt, mark, matching, newest, phrases_of
from bonphuong.kernel.fulltext.install import install, problems
from bonphuong.kernel.fulltext.words import words_in
from bonphuong.kernel.text import fold
from bonphuong.records.models import Record
from bonphuong.trail.acting import acting
from tests.factories.records import RecordFactory, RecordShareFactory


def words(text):
    return [(phrase.words, phrase.is_begun) for phrase in phrases_of(text)]


def hits(text, query, **how):
    return [piece for piece, is_hit in mark(text, asked(query), **how).pieces if is_hit]


def record(title, **fields):
    return RecordFactory(title=title, fold=fold(f"{title} {fields.pop('words', '')}"), **fields)


def found(query, **how):
    rows = Record.objects.all()
    keys = newest(rows, asked(query), limit=50, **how)
    assert set(keys) == set(rows.filter(matching(Record, asked(query))).values_list("pk", flat=True))
    return keys


def test_words_of_three_letters_or_more_begin_others_and_shorter_ones_stand_for_themselves():
    assert words("Đoàn Y tế") == [(("doan",), True), (("y",), False), (("te",), False)]


def test_what_is_typed_without_a_space_stays_together():
    assert words("1234/QĐ-UBND") == [(("1234", "qd", "ubnd"), True)]
    assert words("ĐR-2025-031") == [(("dr", "2025", "031"), True)]
    assert words("云南 办公室") == [(("云", "南"), False), (("办", "公", "室"), False)]
    assert words("ຫຼວງ")[0][0] == tuple(fold("ຫຼວງ"))


def test_marks_and_blanks_alone_ask_for_nothing():
    for text in ("", "   ", '"', "* - ( )", "\0", "̀̀", "…", "''"):
        assert not asked(text), text


def test_a_last_short_word_waits_while_one_types():
    assert len(asked("đoàn bi", is_typing=True).groups) == 1
    assert len(asked("đoàn bi ", is_typing=True).groups) == 2
    assert len(asked("bi", is_typing=True).groups) == 1
    assert len(asked("quyết định 12", is_typing=True).groups) == 3


def test_names_of_one_thing_stand_for_one_another():
    names = {("phong", "sa", "ly"): ["phong sa ly", "phongsaly", "ຜົ້ງສາລີ"]}
    groups = asked("thăm Phông Sa Lỳ", names).groups
    assert [len(group) for group in groups] == [1, 3]
    assert hits("Tỉnh Phongsaly (ຜົ້ງສາລີ)", "x") == []
    marked = mark("Thăm Phongsaly (ຜົ້ງສາລີ)", asked("thăm Phông Sa Lỳ", names))
    assert [piece for piece, is_hit in marked.pieces if is_hit] == ["Thăm", "Phongsaly", "ຜົ້ງສາລີ"]
    assert marked.groups == {0, 1}


def test_hits_are_marked_in_the_text_as_it_is_written():
    assert hits("Đoàn công tác tỉnh Điện Biên", "doan dien bie") == ["Đoàn", "Điện", "Biê"]
    assert hits("Quyết định 1234/QĐ-UBND ngày 1", "1234/qd-ubnd") == ["1234/QĐ-UBND"]
    assert hits("红河州外事办公室 thăm", "外事") == ["外事"]
    assert hits("ແຂວງຫຼວງພະບາງ", "ຫຼວງ") == ["ຫຼວງ"]
    assert hits("tỉnh", "ti") == []


def test_an_excerpt_is_cut_around_the_first_hit():
    text = f"{'xa ' * 200}Hồng Hà {'ya ' * 200}"
    pieces = mark(text, asked("hong ha"), length=80).pieces
    assert sum(len(piece) for piece, _hit in pieces) < 100
    assert pieces[0] == ("…", False)
    assert ("Hồng", True) in pieces
    assert excerpt(f"một dòng\n{text}\nHồng", asked("hong ha"), length=80).groups == {0, 1}


@given(st.text(max_size=60), st.text(max_size=40))
def test_pieces_make_up_the_text_whatever_it_is(text, query):
    marked = mark(text, asked(query))
    whole = "".join(piece for piece, _hit in marked.pieces)
    assert fold(whole) == fold(text)


def test_every_script_is_found_without_marks(db):
    doan = record("Đoàn công tác tỉnh Điện Biên thăm Đắk Lắk")
    china = record("Thăm châu Hồng Hà", words="红河州外事办公室")
    laos = record("Chúc Tết", words="ແຂວງຫຼວງພະບາງ")
    assert found("doan dien bien") == found("ĐOÀN Điện") == found("dak lak") == [doan.pk]
    assert found("外事") == found("红河 办公室") == [china.pk]
    assert found("ຫຼວງ") == found("ແຂວງ") == found("ພະບາງ") == [laos.pk]
    assert found("事外") == found("ພະຫຼວງ") == found("oan") == []


def test_numbers_are_found_as_they_are_written(db):
    one = record("Thăm", words="1234/QĐ-UBND", number="ĐR-2025-031")
    with acting(actor=None, verb="system.test"):
        Record.objects.filter(pk=one.pk).update(fold=fold("ĐR-2025-031 Thăm 1234/QĐ-UBND"))
    for query in ("1234/QĐ-UBND", "1234 qđ", "dr-2025-031", "ĐR-2025", "2025-031", "1234/qd"):
        assert found(query) == [one.pk], query
    assert found("1234/BC-UBND") == found("0313") == found("31") == []


@pytest.mark.each_case
@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "'", "doan AND", "NEAR(doan bien)", "doan NEAR/2 bien", "fold : doan", "{fold}:doan", "doan*",
        "*", "^doan", "doan + bien", "-doan", "NOT doan", "(doan", "doan)", "a OR b", "\\", "doan:*", "a & b | !c",
        "<->", "%", "_", "%s", "\0", "doan\0bien", "x" * 5000, "đoàn " * 500, "̣̣̣", "𠀀𠀁", "🎌", "'; drop table x; --",
        "' || 'x", "ﬁ", "ຫ" * 400, "1" * 300, "\u202e", "a\u200bb", "&lt;b&gt;", "http://a.b/c?d=e", "1e9", "-1.5",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_operator_or_an_error(db, query):
    kept = record("Đoàn Điện Biên")
    assert set(found(query)) <= {kept.pk}


@given(st.text(max_size=80))
def test_any_text_may_be_asked_for_where_it_was_kept(text):
    assert all(words_in(" ".join(phrase.words)) == list(phrase.words) for phrase in phrases_of(text))


def test_the_newest_come_first_and_undated_ones_before(db):
    old = record("Đoàn", begins_on=dt.date(2020, 1, 1))
    new = record("Đoàn", begins_on=dt.date(2026, 1, 1))
    none = record("Đoàn", begins_on=None)
    older = record("Đoàn", begins_on=dt.date(1999, 1, 1))
    assert found("doan") == [none.pk, new.pk, old.pk, older.pk]
    assert newest(Record.objects.all(), asked("doan"), limit=2) == [none.pk, new.pk]
    assert newest(Record.objects.filter(begins_on__year=2020), asked("doan"), limit=9) == [old.pk]


def test_the_index_hears_of_every_write(db):
    one, other = record("Đoàn một"), record("Đoàn hai")
    with acting(actor=None, verb="system.test"):
        Record.objects.filter(pk=one.pk).update(fold="khach", begins_on=dt.date(2024, 5, 5))
        assert found("doan") == [other.pk]
        assert found("khach") == [one.pk]
        Record.objects.filter(pk=other.pk).delete()
        assert found("doan") == []
        Record.objects.bulk_create(
            [
                Record(family="x", kind="y", number=f"B-{n}", title="t", fold="dong loat", book="b")
                for n in range(3)
            ]
        )
        assert len(found("dong loat")) == 3
        with connection.cursor() as cursor:
            cursor.execute("UPDATE records_record SET fold = 'viet tay' WHERE number = 'B-1'")
        assert len(found("viet tay")) == 1
        assert len(found("dong loat")) == 2
    assert problems(connection) == []


def test_what_is_taken_back_leaves_nothing_in_the_index(db):
    with transaction.atomic():
        record("Đoàn")
        transaction.set_rollback(True)
    assert found("doan") == []
    assert problems(connection) == []


def test_a_share_moves_a_row_into_the_scope_of_another_office(db):
    one = record("Đoàn", office_code="so-a", book="tinh-a")
    if connection.vendor == "postgresql":
        return
    shared = (("sso-b",),)
    assert newest(Record.objects.all(), asked("doan"), scope=shared, limit=5) == []
    share = RecordShareFactory(record=one, office_code="so-b")
    assert newest(Record.objects.all(), asked("doan"), scope=shared, limit=5) == [one.pk]
    with acting(actor=None, verb="system.test"):
        share.delete()
    assert newest(Record.objects.all(), asked("doan"), scope=shared, limit=5) == []
    assert newest(Record.objects.all(), asked("doan"), scope=(("ktinh-a",),), limit=5) == [one.pk]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_written_past_is_told_of_and_mended():
    one = record("Đoàn")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX search_records_record")
        else:
            cursor.execute("DROP TRIGGER search_records_record_insert")
    assert problems(connection) != []
    record("Đoàn khác")
    install(connection, "records")
    assert problems(connection) == []
    assert len(found("doan")) == 2
    call_command("migrate", verbosity=0)
    assert one.pk in found("doan")


@pytest.mark.django_db(transaction=True)
def test_a_table_remade_keeps_its_index():
    one = record("Đoàn")
    _migrate_column("title", longer=True)
    assert problems(connection) == []
    assert found("doan") == [one.pk]
    _migrate_column("title", longer=False)
    record("Đoàn khác")
    assert len(found("doan")) == 2


def _migrate_column(name, *, longer):
    """Do to a column what a migration does that makes it longer: SQLite remakes the table, and drops its triggers."""
    field = Record._meta.get_field(name)
    other = field.clone()
    other.set_attributes_from_name(name)
    other.model = Record
    other.max_length += 1
    plan = [(Migration("longer", "records"), False)]
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias, plan=plan)
    with connection.schema_editor() as editor:
        editor.alter_field(Record, *((field, other) if longer else (other, field)))
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
