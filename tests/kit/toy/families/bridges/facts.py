from bonphuong.ledger.facts import FactDraft


def facts_of(row, /):
    if not row.counts or row.opened_on is None:
        return ()
    level = FactDraft("bridges.standing", row.opened_on, 1, row.lead_office_code, country=row.country)
    if row.ends_on is None:
        return (level,)
    return (level, FactDraft("bridges.standing", row.ends_on, -1, row.lead_office_code, country=row.country))
