import json
import stat
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from bonphuong.kernel import keys
from bonphuong.kernel.crypto import (
    HIDDEN,
    EncryptedTextField,
    Sealed,
    Unreadable,
    blind_index,
    mask,
    seal,
)


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path) -> Path:
    settings.BONPHUONG_KEYS = tmp_path / "keys" / "fields.json"
    return settings.BONPHUONG_KEYS


@pytest.fixture
def passport(db):
    """A model with a restricted field and its table, which lives as long as the test."""
    with isolate_apps("bonphuong.kernel"):

        class Passport(models.Model):
            uid = models.UUIDField(primary_key=True, default=uuid.uuid4)
            number = EncryptedTextField(blank=True, null=True)
            name = models.CharField(max_length=50, default="")

            class Meta:
                app_label = "kernel"

            def __str__(self):
                return self.name

        columns = ", ".join(f"{field.column} {field.db_type(connection)}" for field in Passport._meta.fields)
        with connection.cursor() as cursor:
            # A plain statement goes with the test's transaction, which SQLite's schema editor refuses.
            cursor.execute(f"CREATE TABLE kernel_passport ({columns})")
        yield Passport


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kernel_passport WHERE name = %s", [row.name])
        return cursor.fetchone()[0]


def test_plain_on_the_instance_and_sealed_in_the_database(passport):
    row = passport.objects.create(number="C1234417", name="one")

    assert row.number == "C1234417"
    assert passport.objects.get().number == "C1234417"
    assert "1234417" not in stored(row)
    assert stored(row).startswith(f"1.{keys.keyring().current}.r.")


def test_values_are_given_sealed_and_print_nothing(passport):
    passport.objects.create(number="C1234417")
    value = passport.objects.values_list("number", flat=True).get()

    assert (str(value), repr(value), f"{value}") == (HIDDEN, HIDDEN, HIDDEN)
    assert value.key_name == keys.keyring().current


@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_stays_nothing(passport, empty):
    passport.objects.create(number=empty)

    assert passport.objects.get().number == empty
    assert passport.objects.filter(number="").exists() is (empty == "")
    assert passport.objects.filter(number__isnull=True).exists() is (empty is None)


def test_bulk_create_seals(passport):
    passport.objects.bulk_create([passport(number=f"C{n}", name=str(n)) for n in range(3)])

    assert [row.number for row in passport.objects.order_by("name")] == ["C0", "C1", "C2"]
    assert all(stored(row).startswith("1.") for row in passport.objects.all())


def test_a_value_moved_to_another_row_is_refused(passport):
    passport.objects.create(number="C1", name="one")
    passport.objects.create(number="C2", name="two")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_passport SET number = (SELECT number FROM kernel_passport WHERE name = 'one')"
        )

    assert passport.objects.get(name="one").number == "C1"
    with pytest.raises(Unreadable):
        _ = passport.objects.get(name="two").number


def test_what_cannot_be_read_may_be_replaced(passport):
    row = passport.objects.create(number="C1")
    passport.objects.filter(pk=row.pk).update(number=Sealed("1.k0.r.AAAA"))
    row = passport.objects.get()
    row.number = "C2"
    row.save()

    assert passport.objects.get().number == "C2"


def test_a_changed_value_replaces_the_sealed_one_before_it_is_saved(passport):
    row = passport.objects.get(pk=passport.objects.create(number="C1").pk)
    row.number = ""
    assert row.number == ""
    row.number = "C3"
    assert row.number == "C3"


def test_a_row_copied_under_a_new_key_fails_at_once(passport):
    row = passport.objects.get(pk=passport.objects.create(number="C1").pk)
    row.pk, row._state.adding = uuid.uuid4(), True

    with pytest.raises(Unreadable):
        row.save(force_insert=True)


def test_saving_what_did_not_change_writes_the_same_bytes(passport):
    row = passport.objects.create(number="C1", name="one")
    before = stored(row)
    again = passport.objects.get()
    again.number = "C1"
    again.full_clean()
    again.save()
    assert stored(row) == before

    again.number = "C2"
    again.save()
    assert stored(row) != before
    row.refresh_from_db()
    assert row.number == "C2"


def test_deferred_values_open_on_access(passport):
    passport.objects.create(number="C1")
    assert passport.objects.defer("number").get().number == "C1"
    assert passport.objects.only("number").get().number == "C1"


def test_plain_updates_and_lookups_are_refused(passport):
    row = passport.objects.create(number="C1")

    with pytest.raises(TypeError, match="blind index"):
        passport.objects.filter(number="C1").exists()
    with pytest.raises(TypeError, match="save"):
        passport.objects.update(number="C2")
    with pytest.raises(TypeError, match="save"):
        passport.objects.bulk_update([row], ["number"])


def test_dumps_carry_the_sealed_value(passport):
    field = passport._meta.get_field("number")
    row = passport(number="C1")

    assert field.value_to_string(row).startswith("1.k")
    assert field.value_to_string(passport(number="")) == ""


def test_the_form_field_is_one_line_that_browsers_forget(passport):
    field = passport._meta.get_field("number").formfield()

    assert field.widget.attrs["autocomplete"] == "off"
    assert field.widget.input_type == "text"


def test_a_renamed_column_keeps_its_place():
    plain, fixed = EncryptedTextField(), EncryptedTextField(place="old_table.number")

    assert plain.deconstruct()[3] == {}
    assert fixed.deconstruct()[3] == {"place": "old_table.number"}
    assert fixed.clone().place == "old_table.number"


@isolate_apps("bonphuong.kernel")
def test_a_table_numbered_by_the_database_cannot_hold_restricted_fields():
    class Numbered(models.Model):
        secret = EncryptedTextField()

        class Meta:
            app_label = "kernel"

        def __str__(self):
            return "row"

    assert [error.id for error in Numbered.check()] == ["kernel.E001"]


def test_a_value_opens_only_where_it_was_sealed():
    sealed = seal("C1", "members.passport_no", 7)

    assert sealed.open("members.passport_no", 7) == "C1"
    for place, row in (("members.birth_date", 7), ("members.passport_no", 8), ("members.passport_no", None)):
        with pytest.raises(Unreadable):
            sealed.open(place, row)


def test_a_row_without_a_name_binds_to_the_column_alone():
    sealed = seal("C1", "members.passport_no")
    assert sealed.open("members.passport_no", 7) == "C1"


def test_the_mark_of_the_row_cannot_be_dropped():
    sealed = seal("C1", "t.c", 7)
    with pytest.raises(Unreadable):
        Sealed(sealed.token.replace(".r.", ".t.")).open("t.c", 7)


@pytest.mark.parametrize(
    "token", ["", "x", "1.k.r", "2.k1.r.AAAA", "1.nokey.r.AAAA", "1.{current}.r.AAAA", "1.{current}.r.é"]
)
def test_broken_values_are_refused_in_words(token):
    broken = Sealed(token.replace("{current}", keys.keyring().current))
    with pytest.raises(Unreadable, match=r"\w \w"):
        broken.open("t.c", 1)


def test_rotation_reads_old_values_and_seals_new_ones_with_the_new_key():
    old = seal("C1", "t.c", 1)
    name = keys.add_key()

    assert seal("C1", "t.c", 1).key_name == name != old.key_name
    assert old.open("t.c", 1) == "C1"


def test_a_destroyed_key_takes_its_values_along():
    old = seal("C1", "t.c", 1)
    keys.add_key()
    keys.destroy_key(old.key_name)

    with pytest.raises(Unreadable):
        old.open("t.c", 1)
    with pytest.raises(ValueError, match="current"):
        keys.destroy_key(keys.keyring().current)


def test_the_key_file_is_made_once_for_its_owner_only(key_file):
    first = keys.keyring()

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert keys.keyring() is first
    assert [path.name for path in key_file.parent.iterdir()] == ["fields.json"]


def test_of_two_that_start_together_one_makes_the_file(key_file):
    first = keys.keyring()
    keys._create(key_file)

    assert keys.keyring().current == first.current
    assert [path.name for path in key_file.parent.iterdir()] == ["fields.json"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current": "a", "keys": {}, "index": "AAAA"}',
        '{"current": "a", "keys": [], "index": ""}',
    ],
)
def test_a_damaged_key_file_stops_with_a_plain_line(key_file, content):
    key_file.parent.mkdir()
    key_file.write_text(content)

    with pytest.raises(ImproperlyConfigured, match=r"damaged|lacks"):
        keys.keyring()


def test_a_key_file_without_its_current_key_is_refused(key_file):
    keys.keyring()
    content = json.loads(key_file.read_text())
    key_file.write_text(json.dumps(content | {"current": "other"}))
    keys.look_again()

    with pytest.raises(ImproperlyConfigured, match="lacks"):
        keys.keyring()


def test_a_key_added_by_another_process_is_seen(key_file):
    first = keys.keyring().current
    content = json.loads(key_file.read_text())
    content["keys"]["other"] = content["keys"][first]
    key_file.write_text(json.dumps(content | {"current": "other"}))

    # Not before the next look at the file, which is a second away at most, or at once for an unknown key.
    assert keys.keyring().current == first
    assert keys.cipher("other") is not None
    assert keys.keyring().current == "other"
    assert keys.cipher("unknown") is None


def test_a_folder_that_cannot_be_used_is_told(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.BONPHUONG_KEYS = tmp_path / "file" / "fields.json"

    with pytest.raises(ImproperlyConfigured, match="cannot be used"):
        keys.keyring()


@pytest.mark.parametrize(
    ("value", "shown"),
    [("C1234417", f"{HIDDEN} 417"), ("123456", f"{HIDDEN} 456"), ("12345", HIDDEN), ("1", HIDDEN), ("", "")],
)
def test_mask(value, shown):
    assert mask(value) == shown
    assert mask("01/01/1980", keep=0) == HIDDEN


def test_blind_index_is_equal_for_equal_values_only():
    assert blind_index("c 1234417") == blind_index("C1234417")
    assert blind_index("C1234417") != blind_index("C1234418")
    assert blind_index("C1234417", "passport") != blind_index("C1234417", "identity card")
    assert len(blind_index("C1234417")) == 64
    assert blind_index(" ") == ""


def test_blind_index_survives_rotation():
    before = blind_index("C1234417")
    keys.add_key()
    assert blind_index("C1234417") == before
