"""The library filled by hand with which search is tested."""

from tests.unit.search.conftest import shelf

__all__ = ["shelf"]
