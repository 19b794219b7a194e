"""All hostile inputs: importing the modules registers them."""

from __future__ import annotations

from tests.end_to_end.hostile import (  # noqa: F401
    archive_inputs,
    mail_inputs,
    media_inputs,
    office_inputs,
    pdf_inputs,
    text_inputs,
    xml_inputs,
)
from tests.end_to_end.hostile.inputs import INPUTS

ALL = tuple(INPUTS.values())
