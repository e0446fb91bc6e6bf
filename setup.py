"""All that pyproject.toml cannot say: the manual for people goes along with the product that shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithManual(build_py):
    """Copies docs/user beside the packages, where the desk looks for it first."""

    def run(self) -> None:
        """The packages, then the manual; an editable product reads it where it lies."""
        super().run()
        if not self.editable_mode:
            manual = Path(__file__).resolve().parent / "docs" / "user"
            shutil.copytree(manual, Path(self.build_lib) / "bonphuong" / "manual", dirs_exist_ok=True)


setup(cmdclass={"build_py": WithManual})
