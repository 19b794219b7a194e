"""Forms in OpenDocument: what their fields are filled in with stands apart from the place that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from bge_desktop.extract.xml_trees import Element, attribute, local_name, within

_WRITTEN = (
    *("text", "textarea", "formatted-text", "number", "date", "time", "combobox"),
    *("file", "value-range", "generic-control"),
)
_CHOSEN, _TICKED, _NAMED = "listbox", ("checkbox", "radio"), ("fixed-text", "button", "frame")
_TRUE = "true"
_TICKED_STATES = frozenset({"checked", _TRUE})


def fill_in(body: Element) -> None:
    """Put into each control that is shown a paragraph with what its field holds."""
    fields = {identity: field for form in within(body, "forms") for identity, field in _identified(form)}
    for control in within(body, "control") if fields else ():
        text = _value(fields.get(attribute(control, "control")))
        if text:
            paragraph = control.makeelement("p")
            paragraph.text = text
            control.append(paragraph)


def _identified(forms: Element) -> Iterator[tuple[str, Element]]:
    for field in within(forms, *_WRITTEN, _CHOSEN, *_TICKED, *_NAMED):
        yield attribute(field, "id"), field


def _value(field: Element | None) -> str:
    """Return what a field shows; "" for nothing, and for a password, which is a field of another name."""
    if field is None:
        return ""
    name = local_name(field)
    if name == _CHOSEN:
        chosen = (option for option in within(field, "option") if attribute(option, "current-selected") == _TRUE)
        return ", ".join(filter(None, (attribute(option, "label") for option in chosen)))
    if name in _TICKED:
        is_ticked = {attribute(field, "current-state"), attribute(field, "current-selected")} & _TICKED_STATES
        return attribute(field, "label") if is_ticked else ""
    if name in _NAMED:
        return attribute(field, "label")
    return attribute(field, "current-value") or attribute(field, "value")
