"""The background worker: one thread that owns the library, watches the folders, indexes and answers."""

from bge_desktop.worker.worker import Worker

__all__ = ["Worker"]
