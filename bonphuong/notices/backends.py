"""The mail server for those who have none: every letter becomes a file that any mail program opens."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from bonphuong.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class EmlBackend(BaseEmailBackend):
    """Writes each letter as one .eml file into `EMAIL_FILE_PATH`, readable by us only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; gives how many. Raises OSError where the folder cannot be written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    content = message.message().as_bytes()
    # The same letter sent twice is one file.
    name = hashlib.sha256(message.extra_headers.get("Message-ID", "").encode() or content).hexdigest()[:16]
    path = folder / f"{clock.today():%Y-%m-%d}-{name}.eml"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
