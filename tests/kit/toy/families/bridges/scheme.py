from django.db.models import Q

from bonphuong.families.bridges.models import Bridge, Cost
from bonphuong.kit.doors import doors
from bonphuong.kit.specs import LEAD, TITLE, Flag, Holds, LineSpec, Panel, Scheme, Spec


def _check(draft, today):
    if draft.get("metres") == 13:
        return [("metres", "No bridge has thirteen metres.")]
    return []


SCHEME = Scheme(
    family="bridges",
    model=Bridge,
    specs=(
        TITLE,
        Spec("shape", aliases=("kiểu",), on_screen=True, words=(("vòm", "arch"),)),
        Spec("country", Holds.COUNTRY, on_screen=True, aliases=("nước",)),
        Spec("partner", Holds.PARTY, aliases=("đối tác",)),
        Spec("unit", Holds.UNIT, aliases=("xã",)),
        Spec("metres", aliases=("dài",), required=True, on_screen=True),
        Spec("year", on_screen=True),
        Spec("worth", Holds.MINOR, on_screen=True),
        Spec("currency", Holds.CURRENCY, on_screen=True),
        Spec("planned_on", part="days"),
        Spec("decision_number", part="decision"),
        Spec("opened_on", late=True, part="done"),
        Spec("ends_on", late=True, part="done"),
        Spec("secret", restricted=True),
        LEAD,
    ),
    lines=(
        LineSpec(
            "costs",
            "Costs",
            "cost",
            Cost,
            (
                Spec("what", required=True),
                Spec("amount", Holds.MINOR, required=True),
                Spec("currency", Holds.CURRENCY),
            ),
        ),
    ),
    begins=("opened_on", "planned_on"),
    ends=("ends_on",),
    counts=("opened_on",),
    road={"bridge": (("open", "opened_on"), ("gone", "ends_on"))},
    check=_check,
    decision=("decision_number", "planned_on"),
    flags=(Flag("arch", "arch bridges", lambda _today: Q(bridge__shape="arch")),),
    panels=lambda row, _user: [
        Panel("Costs in words", ("what",), [(line.what,) for line in row.costs.all()])
    ],
)
clean_many, create_many, update_many, undo_many, probe, prepare, with_all, COLUMNS = doors(SCHEME)
