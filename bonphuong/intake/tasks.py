"""Large sheets are entered behind the page: a thread of the server goes on while the page shows how far it is.

What is cut off with the server stays as it is, whole pieces entered, and goes on when it is asked for again.
"""

from __future__ import annotations

import logging
import threading
from contextvars import copy_context
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bonphuong.accounts.models import User
from bonphuong.intake.models import Batch
from bonphuong.intake.services.posting import claim_posting, leave_posting, post_batch
from bonphuong.kernel.errors import ProductError

if TYPE_CHECKING:
    from uuid import UUID

#: A sheet with fewer good rows is entered while one waits.
BEHIND_FROM = 500
_log = logging.getLogger(__name__)


def post_behind(batch: Batch, *, actor: User, reason: str, take_twins: bool = False) -> threading.Thread:
    """Enter the good rows of a batch in a thread of its own; what stops it stands beside the batch as its `trouble`.

    Raises NotAllowed, Conflict before anything begins.
    """
    claim_posting(batch, actor=actor, reason=reason)
    # The reader's language and the request go along.
    context = copy_context()
    thread = threading.Thread(
        target=lambda: context.run(_post, batch.pk, actor.pk, reason, take_twins=take_twins),
        name=f"import {batch.pk}",
        daemon=True,
    )
    transaction.on_commit(thread.start)
    return thread


def _post(batch_uid: UUID, actor_pk: UUID | str, reason: str, *, take_twins: bool) -> None:
    try:
        batch, actor = Batch.objects.get(pk=batch_uid), User.objects.get(pk=actor_pk)
        try:
            post_batch(batch, actor=actor, reason=reason, take_twins=take_twins)
        except ProductError as error:
            leave_posting(batch, actor=actor, trouble=error.message)
        except Exception:  # noqa: BLE001 - whatever it was, the page must say that it stopped
            _log.exception("entering a sheet stopped")
            leave_posting(
                batch, actor=actor, trouble=_("It stopped by itself. Begin again: it goes on where it was.")
            )
    finally:
        connection.close()
