"""For all tests: no display, no network for models, and a cache and models of their own."""

from __future__ import annotations

import os
import tempfile

_CACHE = tempfile.TemporaryDirectory(prefix="bge-desktop-cache-")
os.environ["BGE_DESKTOP_CACHE"] = _CACHE.name
os.environ["BGE_DESKTOP_MODELS"] = os.path.join(_CACHE.name, "models")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"
