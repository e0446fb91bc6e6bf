"""Scholarships and students stand together in a partner's dossier."""

from __future__ import annotations

from bonphuong.records.pieces import Dossier, Shelf

DOSSIER = Dossier(shelf=Shelf.AID)
