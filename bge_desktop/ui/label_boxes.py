"""What a person is asked about labels: a name, and whether one is to be removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from bge_desktop.messages import Label
from bge_desktop.ui.wording import documents_text

_translate = QCoreApplication.translate


def ask_for_name(parent: QWidget, title: str, name: str, take: Callable[[str], None]) -> QInputDialog:
    """Ask for the name of a label, without waiting; `take` gets it, unless it is empty.

    Args:
        parent: the window that it belongs to.
        title: what for.
        name: what stands in it at first.
        take: what is done with the name.
    """
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(_translate("Labels", "What the label is called, as “Tax” or “Recipes”:"))
    dialog.setTextValue(name)
    dialog.textValueSelected.connect(lambda chosen: take(chosen.strip()) if chosen.strip() else None)
    dialog.open()
    return dialog


class LabelRemovalBox(QMessageBox):
    """Says what removing a label does, and asks; cancelling is the default.

    Args:
        label: which.
        parent: the window that it belongs to.

    Attributes:
        remove_button: agrees.
    """

    def __init__(self, label: Label, parent: QWidget) -> None:
        question = self.tr("Remove the label “{name}”?").format(name=label.name)
        super().__init__(QMessageBox.Icon.NoIcon, self.tr("Remove label"), question, parent=parent)
        text = self.tr(
            "It is taken from {documents}, and what was learnt is forgotten. The documents stay as they are."
        )
        self.setInformativeText(text.format(documents=documents_text(label.documents)))
        self.setTextFormat(Qt.TextFormat.PlainText)  # names are to be read, not to be obeyed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.remove_button = self.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())  # some styles give it a red cross, which looks like a warning
        self.setDefaultButton(cancel)
