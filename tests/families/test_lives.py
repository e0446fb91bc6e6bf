"""Random lives of records of every family: whatever is done, the ledger holds what the rows stand for."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bonphuong.accounts.models import User
from bonphuong.config.synth.families import kinds, made, mend, row, value_of
from bonphuong.config.synth.offices import Province
from bonphuong.kernel import clock
from bonphuong.kernel.errors import ProductError
from bonphuong.kit import services
from bonphuong.kit.queries import row_of, scheme_of
from bonphuong.kit.schema.ground import Ground
from bonphuong.kit.specs import Holds
from bonphuong.ledger.checks import check_ledger
from bonphuong.procedures.models import Case
from bonphuong.procedures.queries import available, case_of
from bonphuong.records.checks import check_replay
from bonphuong.records.models import Record
from bonphuong.records.registry import get_family
from bonphuong.web.desk.forms.specs import known_or_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bonphuong.kit.drafts import Draft
    from bonphuong.kit.specs import Spec

START = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
OFFICES = ("lc-dofa", "lc-health", "lc-union")
SEED = st.integers(0, 10**6)
PLACE = st.integers(0, 50)


class Lives(RuleBasedStateMachine):
    """Each rule is one thing that a person tries, an hour after the one before; a refusal in words is an answer."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.moment = START
        people = {user.username: user for user in User.objects.filter(is_demo=True)}
        self.officer, self.head = people["canbo"], people["truongphong"]
        self.leader = people["lanhdao"]
        self.place = Province("vn-lai-chau", "lai-chau", "lc-dofa", OFFICES, self.officer, ("vn-lai-chau",))

    def teardown(self) -> None:
        try:
            assert check_ledger() == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def attempt(self, name: str, act: Callable[[], object]) -> None:
        """Do it as one request would: whole, or refused with nothing written."""
        self.moment += dt.timedelta(hours=1)
        try:
            with clock.fixed(self.moment), transaction.atomic():
                act()
        except ProductError as error:
            self.done[f"{name} refused: {error.code}"] += 1
        else:
            self.done[name] += 1
        assert check_replay() == []

    def pick(self, number: int, **states: object) -> Record | None:
        rows = list(Record.objects.filter(**states).order_by("number"))
        return rows[number % len(rows)] if rows else None

    def month(self, source: random.Random) -> dt.date:
        return dt.date(2025, 1, 1) + dt.timedelta(days=31 * source.randrange(13))

    def over(self, source: random.Random, record: Record) -> Draft | None:
        """The stored record with some of its fields and lines otherwise, as far as its gate takes them."""
        whole = row(source, record.family, record.kind, self.place, self.month(source))
        names = [name for name in whole if name != "kind" and source.random() < 0.3]
        some = {"kind": record.kind, "record_uid": record.pk, **{name: whole[name] for name in names}}
        clean = get_family(record.family).get_clean_many()
        for _turn in range(4):
            [one] = clean([some], kind=record.kind, office_code=record.office_code, actor=self.officer)
            if one.is_good:
                return one.draft
            mend(
                source, some, {error.column for error in one.errors},
                family=record.family, province=self.place, month=self.month(source),
            )  # fmt: skip
        return None

    def asked(self, source: random.Random, record: Record, specs: Iterator[Spec]) -> dict[str, Any]:
        whole = row(source, record.family, record.kind, self.place, self.month(source))
        return {spec.name: whole.get(spec.name) for spec in specs if spec.name in whole}

    def typed(self, source: random.Random, record: Record, asks: Sequence[Spec]) -> dict[str, Any]:
        """The fields of an act as its form reads them: by the columns that they fill, and by their names."""
        ground, model = Ground(record.book), scheme_of(record.family).model
        values: dict[str, Any] = {}
        for one in (known_or_plain(model, spec) for spec in asks):
            said = one.spec.required or source.random() < 0.7
            text = value_of(source, one, self.place, self.month(source)) if said else None
            if one.holds == Holds.TEXT and source.random() < 0.5:
                text = self.number(source)
            found = ground.read(one, text)
            values |= dict(zip(one.attrs, found, strict=True))
            values.setdefault(one.name, found[0])
        return values

    def number(self, source: random.Random) -> str:
        return source.choice(list(Record.objects.order_by("number").values_list("number", flat=True)))

    @initialize(seed=SEED)
    def begin(self, seed: int) -> None:
        """Something of four families is there from the start."""
        for number in range(4):
            self.enter(seed + number, seed + 9 * number)

    @rule(seed=SEED, kind=st.integers(0, 40))
    def enter(self, seed: int, kind: int) -> None:
        source = random.Random(seed)
        family, code = kinds()[kind % len(kinds())]
        with clock.fixed(self.moment):
            drafts = made(source, family, code, self.place, self.month(source), number=2).drafts
        self.attempt(
            "enter",
            lambda: services.create_many(
                drafts, family=family, office_code="lc-dofa", actor=self.officer, reason="Nhập bù"
            ),
        )

    @rule(seed=SEED, number=PLACE)
    def step(self, seed: int, number: int) -> None:
        record = self.pick(number, pk__in=Case.objects.values("pk"))
        if record is None:
            return
        source = random.Random(seed)
        ways = [(way, user) for user in (self.officer, self.head, self.leader)
                for way in available(case_of(record.pk), user)]  # fmt: skip
        if not ways:
            return
        way, user = source.choice(ways)
        scheme = scheme_of(record.family)
        values = self.asked(source, record, (s for s in scheme.specs if s.name in way.asks))
        back = dt.timedelta(days=source.randrange(40))
        self.attempt(
            "step",
            lambda: services.take_step(
                record, way.code, on=self.moment.date() - back, expected_version=record.version, actor=user,
                values=values, paper_numbers=dict.fromkeys(way.required_papers, "7/QĐ-UBND"), note="Ví dụ",
                late_reason="Xác nhận muộn",
            ),
        )  # fmt: skip

    @rule(seed=SEED, number=PLACE)
    def correct(self, seed: int, number: int) -> None:
        record = self.pick(number)
        if record is None:
            return
        with clock.fixed(self.moment):
            draft = self.over(random.Random(seed), record)
        if draft is not None:
            self.attempt(
                "correct",
                lambda: services.correct(
                    record, draft, expected_version=record.version, actor=self.officer, reason="Đếm lại"
                ),
            )

    @rule(seed=SEED, number=PLACE)
    def lines(self, seed: int, number: int) -> None:
        record = self.pick(number)
        names = [line.name for line in scheme_of(record.family).lines_of(record.kind)] if record else []
        if record is None or not names:
            return
        source = random.Random(seed)
        with clock.fixed(self.moment):
            draft = self.over(source, record)
        if draft is not None:
            name = source.choice(names)
            self.attempt(
                "lines",
                lambda: services.save_lines(
                    record, name, draft.lines.get(name, ()), expected_version=record.version,
                    actor=self.officer, reason="Bổ sung",
                ),
            )  # fmt: skip

    @rule(seed=SEED, number=PLACE)
    def act(self, seed: int, number: int) -> None:
        record = self.pick(number)
        if record is None:
            return
        source = random.Random(seed)
        fitting = row_of(record)
        acts = [one for one in scheme_of(record.family).acts if one.when is None or one.when(fitting)]
        if not acts:
            return
        one = source.choice(acts)
        values = self.typed(source, record, one.asks)
        self.attempt(f"act {record.family}.{one.code}", lambda: one.run(record, values, actor=self.officer))

    @rule(number=PLACE)
    def strike(self, number: int) -> None:
        record = self.pick(number)
        if record is not None:
            self.attempt(
                "strike",
                lambda: services.void(
                    record, expected_version=record.version, actor=self.officer, reason="Nhập nhầm"
                ),
            )

    @rule(number=PLACE, other=PLACE)
    def merge(self, number: int, other: int) -> None:
        keep = self.pick(number)
        double = keep and self.pick(other, family=keep.family, kind=keep.kind)
        if keep is not None and double is not None:
            self.attempt(
                "merge",
                lambda: services.merge(
                    keep, double, expected_version=double.version, actor=self.officer, reason="Nhập trùng"
                ),
            )

    @rule(number=PLACE)
    def unmerge(self, number: int) -> None:
        double = self.pick(number, duplicate_of__isnull=False)
        if double is not None:
            self.attempt(
                "unmerge",
                lambda: services.unmerge(
                    double, expected_version=double.version, actor=self.officer, reason="Gộp nhầm"
                ),
            )

    @rule(number=PLACE)
    def undo(self, number: int) -> None:
        record = self.pick(number)
        if record is not None:
            self.attempt(
                "undo",
                lambda: services.undo_many(
                    [record.pk], family=record.family, actor=self.officer, reason="Nhập lại"
                ),
            )


@pytest.mark.any_database
@pytest.mark.django_db
@pytest.mark.usefixtures("province")
def test_random_lives_of_every_family_keep_replay_and_the_ledger():
    Lives.done.clear()
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    # Not a test of refusals alone.
    done = {name for name, count in Lives.done.items() if count}
    assert {"enter", "step"} <= done
