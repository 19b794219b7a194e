"""The models whose vectors a library holds: those in use, those that are to come, and those that were in use before."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bge_desktop.bge.models import BUNDLED, Model, described_as, fingerprint
from bge_desktop.bge.script import Language
from bge_desktop.library.schema import table
from bge_desktop.library.spread import Spread, spread_described_as, spread_of

SPOILT_MODEL = "The description of a model is spoilt"


class Role(StrEnum):
    """What a library has a model's vectors for.

    At most one model of each language has a role, but for the dropped ones, whose vectors are being removed.
    A model that is to come back was a former one, and is that again where the switch is cancelled.
    """

    CURRENT = "current"
    NEXT = "next"
    RETURNING = "returning"
    FORMER = "former"
    DROPPED = "dropped"


COMING = (Role.NEXT, Role.RETURNING)


@dataclass(frozen=True)
class LibraryModel:
    """A model of a library.

    Attributes:
        id: by which its vectors are known; 0 where there can be none yet.
        language: of the passages that it reads.
        model: what it is.
        fingerprint: as it was when it came to the library.
        role: what its vectors are for.
        spread: how its cosines are spread, as far as is known.
        is_measured: whether that was measured on these documents, or on others by the makers of the app.
    """

    id: int
    language: Language
    model: Model
    fingerprint: str
    role: Role
    spread: Spread
    is_measured: bool = True


Models = Mapping[Language, LibraryModel]


class StoredModels:
    """The table `models`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def current(self) -> Models:
        """Return what embeds passages and queries, for every language; the bundled models are where none was chosen."""
        found = {language: own for language, own in self._with_roles(Role.CURRENT).items() if not _is_outdated(own)}
        return {language: found.get(language) or _bundled(language) for language in BUNDLED}

    def coming(self) -> Models:
        """Return those that will be in use, by the languages that get another model."""
        return self._with_roles(*COMING)

    def former(self) -> Models:
        """Return those that were in use before the last switch, by the languages that got another model by it."""
        return self._with_roles(Role.FORMER)

    def dropped(self) -> list[int]:
        """Return the ids of the models whose vectors are to be removed."""
        return [own.id for own in self._all() if own.role is Role.DROPPED]

    def bring_up_to_date(self) -> None:
        """Have every language have a model in use, and bundled ones whose files an upgrade has changed be new ones.

        The passages of those are embedded again.
        """
        with self._db.atomic():
            for own in self._all():
                if own.role is not Role.DROPPED and _is_outdated(own):
                    self._outdate(own)
            for language, own in self.current().items():
                if not own.id:
                    self._add(language, own.model, Role.CURRENT)

    def plan(self, wanted: Mapping[Language, Model]) -> None:
        """Have other models come than did so far: those that are wanted and not in use.

        What is left of their vectors from before is used again.
        """
        with self._db.atomic():
            self.cancel()
            current, others = self.current(), [own for own in self._all() if own.role is not Role.CURRENT]
            for language, model in wanted.items():
                if current[language].model == model:
                    continue
                known = next((own for own in others if (own.language, own.model) == (language, model)), None)
                if known is None or known.fingerprint != fingerprint(model):
                    self._add(language, model, Role.NEXT)
                else:
                    self._set_role(known.id, Role.RETURNING if known.role is Role.FORMER else Role.NEXT)

    def cancel(self) -> None:
        """Have no model come."""
        with self._db.atomic():
            self._change_roles(Role.NEXT, Role.DROPPED)
            self._change_roles(Role.RETURNING, Role.FORMER)

    def take_effect(self) -> None:
        """Have those be in use that were to come; those that were are the former ones now, and these are dropped."""
        with self._db.atomic():
            languages = list(self.coming())
            self._change_roles(Role.FORMER, Role.DROPPED)
            for language in languages:
                self._change_roles(Role.CURRENT, Role.FORMER, language)
                for role in COMING:
                    self._change_roles(role, Role.CURRENT, language)

    def drop_former(self) -> None:
        """Have the former models' vectors be removed."""
        self._change_roles(Role.FORMER, Role.DROPPED)

    def set_spread(self, model_id: int, spread: Spread) -> None:
        """Record how a model's cosines are spread."""
        self._db.execute("UPDATE models SET spread = ? WHERE id = ?", [spread.described(), model_id])

    def remove(self, model_id: int) -> None:
        """Remove a model of which no vector is left."""
        self._db.execute("DELETE FROM models WHERE id = ?", [model_id])

    def _outdate(self, own: LibraryModel) -> None:
        self._set_role(own.id, Role.DROPPED)
        if own.role is Role.CURRENT:
            self._db.execute("UPDATE passages SET embedded = 0 WHERE language = ?", [own.language])
            self._add(own.language, own.model, Role.CURRENT)

    def _add(self, language: Language, model: Model, role: Role) -> None:
        known = {"name": model.name, "fingerprint": fingerprint(model), "dimension": model.dimension}
        table(self._db, "models").insert(
            {"language": language, **known, "description": model.described(), "role": str(role)}
        )

    def _set_role(self, model_id: int, role: Role) -> None:
        self._db.execute("UPDATE models SET role = ? WHERE id = ?", [role, model_id])

    def _change_roles(self, before: Role, after: Role, language: Language | None = None) -> None:
        sql = "UPDATE models SET role = ? WHERE role = ? AND coalesce(?, language) = language"
        self._db.execute(sql, [after, before, language])

    def _with_roles(self, *roles: Role) -> Models:
        return {own.language: own for own in self._all() if own.role in roles}

    def _all(self) -> list[LibraryModel]:
        return [_stored(row) for row in self._db.query("SELECT * FROM models ORDER BY id")]


def damaged_models(db: Database) -> list[int]:
    """Return the ids of the models of which it cannot be told any more what they are."""
    damaged = []
    for row in db.query("SELECT * FROM models"):
        try:
            _stored(row)
        except sqlite3.DatabaseError:
            damaged.append(row["id"])
    return damaged


def _is_outdated(own: LibraryModel) -> bool:
    """Whether an upgrade of the app has changed the files of a bundled model."""
    return own.model.is_bundled and own.fingerprint != fingerprint(own.model)


def _bundled(language: Language) -> LibraryModel:
    model = BUNDLED[language]
    return LibraryModel(0, language, model, fingerprint(model), Role.CURRENT, spread_of(model, language))


def _stored(row: Mapping[str, Any]) -> LibraryModel:
    try:
        language: Language = row["language"]
        model = _model(language, row["description"], row["fingerprint"])
        role = Role(row["role"])
        spread = spread_described_as(row["spread"]) if row["spread"] else spread_of(model, language)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise sqlite3.DatabaseError(SPOILT_MODEL) from error
    is_measured = bool(row["spread"]) or model == BUNDLED[language]
    return LibraryModel(row["id"], language, model, row["fingerprint"], role, spread, is_measured)


def _model(language: Language, description: str, recorded: str) -> Model:
    """Return the model of a row; a bundled one as this version of the app knows it."""
    described = described_as(description) if description else BUNDLED[language]
    if not described.is_bundled:
        return described
    known = next((own for own in BUNDLED.values() if own.name == described.name), None)
    return known or dataclasses.replace(described, recorded=recorded)
