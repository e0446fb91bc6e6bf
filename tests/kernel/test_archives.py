import datetime as dt
import io
import struct
import zipfile

import pytest

from bonphuong.kernel.archives import ArchiveError, ArchiveLimits, canonical_zip, open_archive, pack

MOMENT = dt.datetime(2026, 1, 12, 8, 30, tzinfo=dt.UTC)


def _zip(parts, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_open_archive_gives_the_parts():
    with open_archive(_zip({"a.xml": b"one", "b.xml": b"two"})) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.xml": b"one", "b.xml": b"two"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 200, b"no zip at all"])
def test_open_archive_refuses_damage(data):
    with pytest.raises(ArchiveError) as caught:
        open_archive(data)
    assert caught.value.code == "archive"


def test_open_archive_refuses_a_bomb():
    data = _zip({"sheet.xml": b"0" * 3_000_000})
    with pytest.raises(ArchiveError) as caught:
        open_archive(data, ArchiveLimits(unpacked=1_000_000))
    assert caught.value.code == "archive_bomb"
    with pytest.raises(ArchiveError) as caught:
        open_archive(data, ArchiveLimits(ratio=50, ratio_from=1_000_000))
    assert caught.value.code == "archive_bomb"


def test_open_archive_does_not_believe_declared_sizes():
    data = bytearray(_zip({"sheet.xml": b"0" * 3_000_000}))
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 10)
    with pytest.raises(ArchiveError) as caught:
        open_archive(bytes(data), ArchiveLimits(unpacked=1_000_000))
    assert caught.value.code == "archive_bomb"


def test_open_archive_refuses_stored_parts_over_the_limit():
    with pytest.raises(ArchiveError) as caught:
        open_archive(_zip({"a": b"x" * 2_000}, zipfile.ZIP_STORED), ArchiveLimits(unpacked=1_000))
    assert caught.value.code == "archive_bomb"


def test_open_archive_refuses_too_many_parts():
    with pytest.raises(ArchiveError) as caught:
        open_archive(_zip({f"part{n}": b"" for n in range(6)}), ArchiveLimits(parts=5))
    assert caught.value.code == "archive_bomb"


def test_open_archive_refuses_a_password():
    data = bytearray(_zip({"a.xml": b"one"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiveError) as caught:
        open_archive(bytes(data))
    assert caught.value.code == "archive_password"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_open_archive_refuses_packings_that_no_office_program_writes(method):
    with pytest.raises(ArchiveError):
        open_archive(_zip({"a.xml": b"one"}, method))


def test_open_archive_refuses_a_torn_part():
    data = bytearray(_zip({"a.xml": bytes(range(256)) * 40}))
    data[45:60] = b"\xff" * 15
    with pytest.raises(ArchiveError):
        open_archive(bytes(data))


def test_canonical_zip_gives_the_same_bytes_for_the_same_parts():
    first = canonical_zip(_zip({"b": b"2", "[Content_Types].xml": b"1", "a": b"3"}), MOMENT)
    second = canonical_zip(
        _zip({"a": b"3", "b": b"2", "[Content_Types].xml": b"1"}, zipfile.ZIP_STORED), MOMENT
    )
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "a", "b"]
        assert archive.getinfo("a").date_time == (2026, 1, 12, 8, 30, 0)


def test_pack_takes_no_year_before_the_format_knows_years():
    data = pack({"a": b""}, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.getinfo("a").date_time == (1980, 1, 1, 0, 0, 0)
