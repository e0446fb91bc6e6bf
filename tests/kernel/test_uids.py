import uuid

from bonphuong.kernel.uids import new_uid


def test_uids_are_standard_version_7_and_sort_by_time():
    made = [new_uid() for _ in range(100)]

    assert {type(uid) for uid in made} == {uuid.UUID}
    assert {uid.version for uid in made} == {7}
    assert sorted(made) == made
