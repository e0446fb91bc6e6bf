import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from bonphuong.kernel.files import write_once, write_over


def test_a_file_made_once_stays_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "a.key"

    write_once(path, b"first")
    write_once(path, b"second")

    assert path.read_bytes() == b"first"
    assert [path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    assert list(path.parent.iterdir()) == [path]


def test_of_many_that_begin_together_one_wins(tmp_path):
    path = tmp_path / "a.key"
    contents = [bytes([number]) * 4096 for number in range(16)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write_once(path, content), contents))

    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_written_over_another_takes_its_place(tmp_path):
    path = tmp_path / "new" / "a.key"

    write_over(path, b"first")
    write_over(path, b"second")

    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("write", [write_once, write_over])
def test_what_does_not_reach_the_disk_leaves_nothing(tmp_path, monkeypatch, write):
    path = tmp_path / "a.key"

    def full(_descriptor):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write(path, b"first")

    assert list(tmp_path.iterdir()) == []
