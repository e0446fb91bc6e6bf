"""What is said of a file that is not taken in."""

from __future__ import annotations

from bonphuong.kernel.errors import ProductError


class PackageError(ProductError):
    """A package or letter that is not taken in; nothing of it was kept. `code` says which of the causes it was."""

    code = "package"
