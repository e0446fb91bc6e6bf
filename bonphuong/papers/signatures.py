"""The lines above a signature: by which authority somebody signs, in whose name, as what.

As NĐ 30/2020/NĐ-CP, annex I, asks: the mark with a full stop, all in capitals, one line each.
"""

from __future__ import annotations

from dataclasses import dataclass

from bonphuong.papers.enums import SigningMode


@dataclass(frozen=True)
class Signing:
    """Who signs and by which authority. `title` is the signer's own; the rest as `signature_lines` takes it."""

    name: str
    title: str
    mode: str = SigningMode.OWN
    on_behalf_of: str = ""
    organ: str = ""
    own_head: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines above the room for the signature."""
        return signature_lines(
            self.mode,
            title=self.title,
            on_behalf_of=self.on_behalf_of,
            organ=self.organ,
            own_head=self.own_head,
        )


def signature_lines(
    mode: str, *, title: str, on_behalf_of: str = "", organ: str = "", own_head: str = ""
) -> list[str]:
    """The lines above the room for a signature, from top to bottom.

    `title` is the signer's own ("Phó Chủ tịch"); `on_behalf_of` the head who is signed for ("Chủ tịch"), for TM.
    the body ("Ủy ban nhân dân"). `organ` is the body on whose behalf a KT. signs. `own_head` is the head of the
    signer's own unit, where a deputy of that unit signs by order or by authorisation. Raises ValueError for an
    authority that does not say for whom.
    """
    kind = SigningMode(mode)
    if kind is SigningMode.OWN:
        return [_capital(title)] if title.strip() else []
    if not on_behalf_of.strip():
        raise ValueError(f"{kind} needs somebody to sign for")
    above = [f"{SigningMode.TM}. {organ}"] if organ and kind is SigningMode.KT else []
    between = [f"{SigningMode.KT}. {own_head}"] if own_head and kind in _BELOW else []
    lines = [*above, f"{kind}. {on_behalf_of}", *between, title]
    return [_capital(line) for line in lines if line.strip()]


# By order or by authorisation it is a unit below that signs, and its head may have a deputy sign in turn.
_BELOW = {SigningMode.TL, SigningMode.TUQ}


def _capital(line: str) -> str:
    return " ".join(line.split()).upper()
