"""The package `mteb`, which is an extra: found, and kept from telling anybody that it is used.

It brings torch into the process of this one command: what imports it does so in its functions.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import sys

from bge_desktop import let_pandas_in
from bge_desktop.bge.hub_environment import HUB_ENVIRONMENT
from bge_desktop.errors import RequestError
from bge_desktop.settings import cache_folder

_NOISY = ("mteb", "datasets", "huggingface_hub")


def prepare(*, is_online: bool) -> None:
    """Make ready for `import mteb`, before the first one.

    Args:
        is_online: whether data sets may be downloaded; otherwise nothing goes out.

    Raises:
        RequestError: it is not installed.
    """
    if importlib.util.find_spec("mteb") is None:
        message = 'It is not part of the app itself. Install it with: pip install "bge-desktop[mteb]"'
        raise RequestError("MTEB is not installed", message)
    let_pandas_in()
    os.environ.update(HUB_ENVIRONMENT)
    os.environ.setdefault("MTEB_CACHE", os.path.join(cache_folder(), "mteb"))  # it makes the folder when imported
    if not is_online:
        os.environ["HF_HUB_OFFLINE"] = "1"
    if not sys.stderr.isatty():
        os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
