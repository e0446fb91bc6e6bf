"""The gate of procedures: a definition as data becomes a checked one, or errors that name the place."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonphuong.accounts.enums import Permission
from bonphuong.kernel.errors import BadInput
from bonphuong.papers.enums import PaperKind
from bonphuong.procedures.enums import MOVE_VERSION, Desk, StateKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class StateDraft:
    """A state as written; `phase` is empty for one aside."""

    code: str
    label_vi: str
    label_en: str
    kind: str
    phase: str


@dataclass(frozen=True)
class TransitionDraft:
    """A transition as written: one row for each state that it leaves."""

    code: str
    label_vi: str
    label_en: str
    leaves: tuple[str, ...]
    to: str
    permission: str
    desk: str
    required: tuple[str, ...]
    expected: tuple[str, ...]
    asks: tuple[str, ...]
    on_change_of: tuple[str, ...]
    forward: bool
    awaited: bool
    automatic: bool


@dataclass(frozen=True)
class Definition:
    """One version of a procedure, checked. `phases` are (code, label_vi, label_en) in order."""

    header: Mapping[str, Any]
    phases: tuple[tuple[str, str, str], ...]
    states: tuple[StateDraft, ...]
    transitions: tuple[TransitionDraft, ...]
    digest: str
    shape: str

    @property
    def code(self) -> str:
        """The procedure's code."""
        return str(self.header["code"])

    @property
    def version(self) -> int:
        """Its version."""
        return int(self.header["version"])


def clean_many(documents: Sequence[Mapping[str, Any]]) -> list[Definition]:
    """Checked definitions, in order; `same_as` names another one's code, whose newest version is meant.

    Raises BadInput with everything that is wrong, each error under the procedure's code.
    """
    whole = [document for document in documents if "same_as" not in document]
    bodies = {d["procedure"]["code"]: d for d in sorted(whole, key=lambda d: int(d["procedure"]["version"]))}
    errors: dict[str, list[str]] = {}
    found = []
    for document in documents:
        code = document["procedure"]["code"]
        body = bodies.get(document["same_as"]) if "same_as" in document else document
        if body is None:
            errors[code] = [f"same_as names an unknown procedure: {document['same_as']}"]
            continue
        definition = _definition(document["procedure"], body)
        problems = _problems(definition)
        if problems:
            errors[code] = problems
        found.append(definition)
    if errors:
        raise BadInput(errors)
    return found


def _definition(header: Mapping[str, Any], body: Mapping[str, Any]) -> Definition:
    states = [_state(raw, phase["code"]) for phase in body["phases"] for raw in phase["states"]]
    states += [_state(raw, "") for raw in body["aside"]]
    content = [header, body["phases"], body["aside"], body["transitions"]]
    return Definition(
        header={
            **header,
            "valid_from": _date(header["valid_from"]),
            "valid_to": _date(header.get("valid_to")),
        },
        phases=tuple((phase["code"], phase["label_vi"], phase["label_en"]) for phase in body["phases"]),
        states=tuple(states),
        transitions=tuple(_transition(raw) for raw in body["transitions"]),
        digest=_digest(content),
        shape=_digest(_without_words(content[1:])),
    )


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _without_words(content: Any) -> Any:
    if isinstance(content, list):
        return [_without_words(item) for item in content]
    if isinstance(content, dict):
        return {key: _without_words(value) for key, value in content.items() if not key.startswith("label_")}
    return content


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _state(raw: Mapping[str, Any], phase: str) -> StateDraft:
    return StateDraft(raw["code"], raw["label_vi"], raw["label_en"], raw.get("kind", StateKind.NORMAL), phase)


def _transition(raw: Mapping[str, Any]) -> TransitionDraft:
    return TransitionDraft(
        code=raw["code"],
        label_vi=raw["label_vi"],
        label_en=raw["label_en"],
        leaves=tuple(raw["from"]),
        to=raw["to"],
        permission=raw["permission"],
        desk=raw["desk"],
        required=tuple(raw.get("required", ())),
        expected=tuple(raw.get("expected", ())),
        asks=tuple(raw.get("asks", ())),
        on_change_of=tuple(raw.get("on_change_of", ())),
        forward=raw.get("forward", False),
        awaited=raw.get("awaited", False),
        automatic=raw.get("automatic", False),
    )


def _problems(definition: Definition) -> list[str]:
    codes = Counter(state.code for state in definition.states)
    problems = [f"state {code} is named twice" for code, times in codes.items() if times > 1]
    kinds = Counter(state.kind for state in definition.states)
    problems += [f"unknown kind of state {kind}" for kind in kinds if kind not in StateKind.values]
    once = (StateKind.START, StateKind.END)
    problems += [f"{kinds[kind]} states of kind {kind}, one is needed" for kind in once if kinds[kind] != 1]
    ways = Counter((start, t.code) for t in definition.transitions for start in t.leaves)
    problems += [
        f"transition {code} leaves {start} twice" for (start, code), times in ways.items() if times > 1
    ]
    for transition in definition.transitions:
        problems += [f"transition {transition.code}: {text}" for text in _wrong(transition, list(codes))]
    return problems or _dead_ends(definition)


def _wrong(transition: TransitionDraft, order: list[str]) -> list[str]:
    unknown = [code for code in (*transition.leaves, transition.to) if code not in order]
    wrong = [f"unknown state {code}" for code in unknown]
    if transition.to in transition.leaves and transition.automatic:
        wrong.append(f"leads from {transition.to} to itself for ever")
    if transition.code == MOVE_VERSION:
        wrong.append("bears a name that is kept for moving to another version")
    if transition.permission not in Permission.values:
        wrong.append(f"unknown permission {transition.permission}")
    if transition.desk not in Desk.values:
        wrong.append(f"unknown desk {transition.desk}")
    papers = {*transition.required, *transition.expected} - set(PaperKind.values)
    wrong += [f"unknown kind of paper {kind}" for kind in sorted(papers)]
    if transition.forward and not unknown:
        behind = [code for code in transition.leaves if order.index(code) >= order.index(transition.to)]
        wrong += [f"leads back from {code}" for code in behind]
    return wrong


def _dead_ends(definition: Definition) -> list[str]:
    # Every state that is not an end must have a way out, or its cases would stand for ever.
    leaving = {start for transition in definition.transitions for start in transition.leaves}
    ends = {StateKind.END, StateKind.STOPPED}
    return [
        f"no way out of {s.code}" for s in definition.states if s.kind not in ends and s.code not in leaving
    ]
