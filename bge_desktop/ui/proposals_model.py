"""The documents that a label is proposed for, as a Qt model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from bge_desktop.messages import Proposal
from bge_desktop.ui.label_pills import percent
from bge_desktop.ui.paths import shown_folder, shown_name, shown_path
from bge_desktop.ui.rows_model import Index, RowsModel
from bge_desktop.ui.tips import plain_tip
from bge_desktop.ui.wording import joined

PROPOSAL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class ProposalRow:
    """A proposal of a list, known by its document's path."""

    proposal: Proposal

    @property
    def key(self) -> str:
        """The path of the document."""
        return self.proposal.path

    def looks_like(self, other: object) -> bool:
        """Whether another row shows the same."""
        return self == other


class ProposalsModel(RowsModel[ProposalRow]):
    """One row a document, best first."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        own = self._rows[index.row()].proposal
        if role == PROPOSAL_ROLE:
            return own
        if role == Qt.ItemDataRole.DisplayRole:
            return joined(percent(own.confidence), shown_name(own.path), own.title, shown_folder(own.path), own.passage)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(shown_path(own.path))
        return None

    def proposal(self, row: int) -> Proposal:
        """Return the proposal of a row."""
        return self._rows[row].proposal
