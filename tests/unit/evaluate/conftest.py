"""The library filled by hand with which search is tested, and `mteb` kept to itself."""

from bge_desktop.evaluate import mteb_package
from tests.unit.search.conftest import shelf

mteb_package.prepare(is_online=False)

__all__ = ["shelf"]
