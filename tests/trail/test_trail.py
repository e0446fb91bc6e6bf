from __future__ import annotations

import contextvars
import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, migrations, models, transaction

from bonphuong.accounts.models import User
from bonphuong.trail import install
from bonphuong.trail.acting import acting, current_action
from bonphuong.trail.models import Action, Change, ChangePayload, Seal
from bonphuong.trail.queries import actions_on, changes_of, changes_under
from bonphuong.trail.services import broken_seals, erase_payloads, seal_trail
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]
TABLE = "accounts_user"
DEAF_TRIGGER = (
    f'CREATE OR REPLACE TRIGGER "trail_{TABLE}" AFTER INSERT ON "{TABLE}" '
    "FOR EACH ROW EXECUTE FUNCTION bp_trail('uid', '')"
)
MILD_FUNCTION = (
    "CREATE OR REPLACE FUNCTION bp_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RETURN COALESCE(NEW, OLD); END$$"
)


def test_write_without_an_action_is_refused():
    user = UserFactory()
    for write in (
        lambda: User.objects.filter(pk=user.pk).update(full_name="Khác"),
        lambda: User.objects.filter(pk=user.pk).delete(),
        lambda: User.objects.bulk_create([User(username="moi", full_name="Mới")]),
        lambda: raw(f"UPDATE {TABLE} SET full_name = 'Khác'"),
        lambda: raw(f"DELETE FROM {TABLE}"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    assert User.objects.get().full_name == user.full_name


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_bulk_and_raw_writes_are_seen_with_who_and_why():
    actor = UserFactory(full_name="Lò Minh Họa")
    user = UserFactory(full_name="Trần Ví Dụ")
    with acting(
        actor=actor,
        verb="accounts.user.change",
        reason="Sửa tên",
        office="lc-dofa",
        obj=user,
        request_id="r1",
    ) as action:
        User.objects.filter(pk=user.pk).update(full_name="Trần Thử")
        raw(f"UPDATE {TABLE} SET email = 'thu@example.vn' WHERE username = '{user.username}'")

    views = changes_under(action)
    assert [(view.columns, view.old) for view in views] == [
        (["full_name"], {"full_name": "Trần Ví Dụ"}),
        (["email"], {"email": user.email}),
    ]
    assert [change.pk for change in changes_of(TABLE, user.pk)][:2] == [
        views[1].change.pk,
        views[0].change.pk,
    ]
    kept = actions_on(user.pk)[0]
    assert (kept.actor_name, kept.reason, kept.office, kept.request_id) == (
        "Lò Minh Họa",
        "Sửa tên",
        "lc-dofa",
        "r1",
    )


def test_saving_unchanged_is_no_change():
    user = UserFactory()
    before = Change.objects.count()
    with acting(actor=user, verb="accounts.user.change"):
        user.save()
    assert Change.objects.count() == before


def test_nested_acts_are_one():
    user = UserFactory()
    with (
        acting(actor=user, verb="accounts.user.change") as outer,
        acting(actor=None, verb="system.test") as inner,
    ):
        assert inner is outer
    assert current_action() is None


def test_an_act_needs_an_actor():
    with pytest.raises(ValueError, match="needs an actor"), acting(actor=None, verb="accounts.user.change"):
        pass


def _fail_after_writing(user: User) -> None:
    User.objects.filter(pk=user.pk).update(full_name="Khác")
    raise RuntimeError


def test_a_failed_act_leaves_nothing():
    user = UserFactory()
    before = Action.objects.count()
    with pytest.raises(RuntimeError), acting(actor=user, verb="accounts.user.change"):
        _fail_after_writing(user)
    assert Action.objects.count() == before
    assert current_action() is None
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(full_name="Khác")


def test_no_action_lingers_in_the_transaction():
    user = UserFactory()
    with acting(actor=user, verb="accounts.user.change"):
        pass
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(full_name="Khác")


@pytest.mark.django_db(transaction=True)
def test_no_action_lingers_in_a_copied_context():
    user = UserFactory()
    with acting(actor=user, verb="accounts.user.change"):
        taken_along = contextvars.copy_context()

    def write() -> None:
        User.objects.filter(pk=user.pk).update(full_name="Khác")

    with pytest.raises(IntegrityError):
        taken_along.run(write)


def test_passwords_never_enter_the_trail():
    user = UserFactory()
    with acting(actor=user, verb="accounts.user.password") as action:
        user.set_password("another good password")
        user.save()
    assert [view.old for view in changes_under(action)] == [{"password": "…"}]


@pytest.mark.parametrize("table", ["trail_action", "trail_change", "trail_changepayload"])
def test_the_trail_itself_cannot_be_changed(table):
    user = UserFactory()
    with acting(actor=user, verb="accounts.user.change"):
        User.objects.filter(pk=user.pk).update(full_name="Khác")
    statements = [f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}"]
    statements.append(
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if connection.vendor == "sqlite"
        else f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"
    )
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic():
            raw(statement)


def test_a_person_is_forgotten_and_the_trail_stays_whole():
    user = UserFactory(full_name="Trần Ví Dụ")
    with acting(actor=user, verb="accounts.user.change") as action:
        User.objects.filter(pk=user.pk).update(full_name="Trần Thử")
    seal_trail()
    removed = erase_payloads(table=TABLE, keys=[user.pk], actor=user, reason="Theo yêu cầu")

    assert removed == 1
    assert not ChangePayload.objects.filter(old__contains="Ví Dụ").exists()
    assert [(view.columns, view.old) for view in changes_under(action)] == [(["full_name"], None)]
    assert broken_seals() == []


def test_a_changed_trail_breaks_its_seal():
    UserFactory()
    seal_trail()
    assert seal_trail() is None
    assert broken_seals() == []
    install.uninstall(connection)
    Change.objects.update(op="D")
    install.install(connection)
    assert len(broken_seals()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_seal_waits_for_acts_under_way():
    """Numbers are given out before they are committed: a late one must not fall into a range that is sealed."""
    slow, quick = UserFactory(), UserFactory()
    wrote, go = threading.Event(), threading.Event()

    def alone(work) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def write_slowly() -> None:
        with acting(actor=slow, verb="accounts.user.change"):
            User.objects.filter(pk=slow.pk).update(full_name="Một")
            wrote.set()
            go.wait(30)

    writer = alone(write_slowly)
    assert wrote.wait(30)
    with acting(actor=quick, verb="accounts.user.change"):
        User.objects.filter(pk=quick.pk).update(full_name="Hai")
    sealer = alone(seal_trail)
    sealer.join(0.5)
    go.set()
    writer.join(30)
    sealer.join(30)
    assert Seal.objects.get().last_change == Change.objects.latest("id").pk
    assert broken_seals() == []


def test_guards_are_whole_and_a_missing_one_is_named():
    assert install.missing_guards(connection) == []
    name = next(iter(install.expected(connection)[TABLE]))
    on = f' ON "{TABLE}"' if connection.vendor == "postgresql" else ""
    raw(f'DROP TRIGGER "{name}"{on}')
    assert install.missing_guards(connection) == [name]
    install.install(connection)
    assert install.missing_guards(connection) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (f'ALTER TABLE "{TABLE}" DISABLE TRIGGER "trail_{TABLE}"', f"trail_{TABLE}"),
        (DEAF_TRIGGER, f"trail_{TABLE}"),
        (MILD_FUNCTION, "bp_refuse"),
    ],
)
def test_a_guard_that_was_switched_off_or_changed_is_named(change, named):
    raw(change)
    assert install.missing_guards(connection) == [named]
    install.install(connection)
    assert install.missing_guards(connection) == []


@pytest.mark.postgres
def test_a_temporary_table_does_not_catch_the_trail():
    user = UserFactory()
    before = Change.objects.count()
    with acting(actor=user, verb="accounts.user.change"):
        raw("CREATE TEMP TABLE trail_change (LIKE trail_change INCLUDING ALL)")
        raw(f"UPDATE {TABLE} SET full_name = 'Khác'")
        raw("DROP TABLE pg_temp.trail_change")
    assert Change.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_schema_migration_leaves_every_guard_in_place():
    """Django remakes the whole table on SQLite for this, which drops its triggers without a word."""
    operation = migrations.AddField("user", "note", models.CharField(max_length=5, default="", unique=False))
    config = apps.get_app_config("accounts")
    state = migrations.state.ProjectState.from_apps(apps)
    after = state.clone()
    operation.state_forwards("accounts", after)
    install.before_migrate(sender=config, using="default")
    with connection.schema_editor() as editor:
        operation.database_forwards("accounts", editor, state, after)
    install.after_migrate(sender=config, using="default")
    assert install.missing_guards(connection) == []
    with connection.schema_editor() as editor:
        install.uninstall(connection, "accounts")
    with connection.schema_editor() as editor:
        operation.database_backwards("accounts", editor, after, state)
    install.install(connection, "accounts")
