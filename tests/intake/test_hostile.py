"""Files that are broken, strange or meant to harm: a clear answer by row and cell, or a clean reading. Never half."""

from io import BytesIO

import pytest
from django.core.cache import cache

from bonphuong.intake import services
from bonphuong.intake.models import Batch, BatchRow
from bonphuong.kernel.errors import ProductError
from bonphuong.records.models import Record
from tests.intake.hostile import FILES, REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]
_made: dict[str, bytes] = {}


def content(file):
    """Each file is made once for both doors."""
    if file.name not in _made:
        _made[file.name] = file.make()
    return _made[file.name]


def _stage(file, officer):
    """The batch, or None and the words of the refusal."""
    try:
        return services.stage_file(content(file), name=file.name, office_code="lai-chau", actor=officer), ""
    except ProductError as refusal:
        return None, refusal.message


def test_there_are_at_least_forty_of_them():
    assert len({file.name for file in FILES}) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_is_answered_by_cell_or_read_cleanly(officer, file):
    batch, refusal = _stage(file, officer)
    if batch is None:
        assert file.want in {REFUSED, "any"}, refusal
        assert len(refusal) > 20
        assert (Batch.objects.count(), BatchRow.objects.count()) == (0, 0)
        return
    found = services.dry_run(batch)
    assert file.want != REFUSED
    assert Record.objects.count() == 0
    assert all(error.message for error in (*found.errors, *found.problems))
    if file.want != "any":
        assert {error.cell for error in found.errors} == file.want
    if file.good is not None:
        assert (found.counts.good, found.counts.bad) == (file.good, 0)
    result = services.post_batch(batch, actor=officer, reason="Thử") if found.can_post else None
    assert Record.objects.count() == (result.preview.counts.posted if result else 0)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_page_never_fails_on_one(officer, client, file):
    cache.clear()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    upload = BytesIO(content(file))
    upload.name = file.name.rpartition("/")[2]
    answer = client.post("/import/", {"file": upload, "office": "lc-dofa", "kind": "", "happened": "on"})
    assert answer.status_code in {302, 422}
    if answer.status_code == 422:
        assert answer.context["form"].errors
        assert Batch.objects.count() == 0
    else:
        assert client.get(answer.url).status_code == 200
        assert client.get(f"{answer.url}/columns").status_code == 200
        assert client.get(f"{answer.url}/to-mend.xlsx").status_code == 200
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "a\x00b\tc",
        "\ud800",
        "\t\t\t\n\t",
        '"' * 5000,
        "Tên đoàn\tSố người\n" + "x\t" * 600,
        "=1+1",
        "\u202e" * 50,
    ],
    ids=["nul", "nul-inside", "half-a-letter", "tabs", "quotes", "wide", "formula", "reversed"],
)
def test_pasted_rubbish_is_answered(officer, client, text):
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/import/", {"text": text.encode("utf-8", "surrogatepass"), "office": "lc-dofa"})
    assert answer.status_code in {302, 422}
    assert Record.objects.count() == 0
