"""What has the packages that speak with a hub tell it nothing but the names of what is fetched."""

from __future__ import annotations

from collections.abc import Mapping

HUB_ENVIRONMENT: Mapping[str, str] = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_UPDATE_DOWNLOAD_COUNTS": "0",
}
"""Variables, which those packages read when they are imported."""
