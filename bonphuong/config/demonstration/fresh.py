"""Starting the demonstration over: only where everything is a demonstration's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from bonphuong.accounts.models import User
from bonphuong.config.demonstration.load import NotForRealData
from bonphuong.config.operators import COMMAND_LINE


def remove_everything() -> None:
    """Take the database and the filed papers away; the keys stay. Raises NotForRealData for anybody's own data.

    PostgreSQL is left to whoever owns it: the guards refuse to be emptied, and rightly so.
    """
    if connection.vendor != "sqlite":
        raise NotForRealData(
            _("Drop the database and make it anew yourself; its guards let nobody empty it.")
        )
    if _has_tables() and User.objects.filter(is_demo=False).exclude(username=COMMAND_LINE).exists():
        raise NotForRealData(_("This database has accounts of your own. Nothing was removed."))
    path = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _has_tables() -> bool:
    return User._meta.db_table in connection.introspection.table_names()
