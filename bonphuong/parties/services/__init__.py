"""Writes of parties, persons and their posts."""

from bonphuong.parties.services.keeping import (
    add_alias,
    add_note,
    add_post,
    change_party,
    change_person,
    create_party,
    create_person,
    end_post,
    end_tie,
    remove_alias,
    reveal,
    tie_party,
)
from bonphuong.parties.services.loading import (
    load_address_forms,
    load_demo_persons,
    load_demo_ties,
    load_parties,
)
from bonphuong.parties.services.merging import (
    merge_parties,
    merge_persons,
    say_apart,
    unmerge_party,
    unmerge_person,
)

__all__ = [
    "add_alias",
    "add_note",
    "add_post",
    "change_party",
    "change_person",
    "create_party",
    "create_person",
    "end_post",
    "end_tie",
    "load_address_forms",
    "load_demo_persons",
    "load_demo_ties",
    "load_parties",
    "merge_parties",
    "merge_persons",
    "remove_alias",
    "reveal",
    "say_apart",
    "tie_party",
    "unmerge_party",
    "unmerge_person",
]
