import errno
import os
import stat
from pathlib import Path

import pytest

from bonphuong.papers import storage
from bonphuong.papers.errors import StorageUnavailable

CONTENT = "Quyết định".encode()
DIGEST = "3bdcbeb3ad46dd86ff0da0bcb38a9a5a"


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _files(root):
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_content_is_kept_under_its_digest(tmp_path):
    stored = storage.store(CONTENT)
    assert stored.name == f"papers/{stored.digest[:2]}/{stored.digest}"
    assert stored.size == len(CONTENT)
    assert _files(tmp_path) == [tmp_path / stored.name]
    assert storage.read(stored.name, stored.digest) == CONTENT
    assert stat.S_IMODE((tmp_path / stored.name).stat().st_mode) == 0o600


def test_same_content_twice_is_one_file(tmp_path):
    first = storage.store(CONTENT)
    before = (tmp_path / first.name).stat().st_mtime_ns
    assert storage.store(CONTENT) == first
    assert (tmp_path / first.name).stat().st_mtime_ns == before


def test_torn_file_is_written_again(tmp_path):
    stored = storage.store(CONTENT)
    (tmp_path / stored.name).write_bytes(CONTENT[:3])
    storage.store(CONTENT)
    assert storage.read(stored.name, stored.digest) == CONTENT


def test_missing_and_changed_files_are_said(tmp_path):
    stored = storage.store(CONTENT)
    assert storage.state(stored.name, stored.digest) == ""
    (tmp_path / stored.name).write_bytes(b"khac")
    assert storage.state(stored.name, stored.digest) == "changed"
    with pytest.raises(StorageUnavailable) as caught:
        storage.read(stored.name, stored.digest)
    assert caught.value.code == "storage_changed"
    (tmp_path / stored.name).unlink()
    assert storage.state(stored.name, stored.digest) == "missing"
    assert storage.state(None, stored.digest) == "missing"


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "đầy"), (errno.EDQUOT, "đầy"), (errno.EROFS, "chỉ đọc"), (errno.EIO, "Không lưu")],
)
def test_disk_that_refuses_leaves_nothing_behind(monkeypatch, tmp_path, number, word):
    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    # The disk itself is played here: no test can fill a real one.
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageUnavailable, match=word):
        storage.store(CONTENT)
    assert _files(tmp_path) == []


def test_folder_that_cannot_be_made_is_said(settings, tmp_path):
    blocked = tmp_path / "tep"
    blocked.write_bytes(b"")
    settings.MEDIA_ROOT = Path(blocked)
    with pytest.raises(StorageUnavailable):
        storage.store(CONTENT)
