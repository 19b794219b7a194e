"""The encoders of an encoder process, each loaded in a thread of its own as soon as it is known to be wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from bge_desktop.bge import devices
from bge_desktop.bge.devices import TokenEncoder
from bge_desktop.bge.models import Model
from bge_desktop.settings import Device


class Encoders:
    """The encoders by model. `prepare` and `get` may be called from any thread.

    Args:
        wanted: the device that was asked for.
        threads: of the processor, to compute with; 0 leaves it to the library that computes.
        on_ready: called with the device in words when an encoder has been loaded, in a thread of this object.
        may_measure: whether there is time to measure what is best on this processor: then one is loaded at a time.
    """

    def __init__(self, wanted: Device, threads: int, on_ready: Callable[[str], None], *, may_measure: bool) -> None:
        self._wanted: Device = wanted
        self._threads, self._on_ready, self._may_measure = threads, on_ready, may_measure
        self._device: Device | None = None
        self._lock = threading.Lock()
        self._loaded: dict[Model, Future[TokenEncoder]] = {}
        self._pool = ThreadPoolExecutor(1 if may_measure else 2, "load")

    def prepare(self, model: Model) -> Future[TokenEncoder]:
        """Begin to load the encoder of a model, unless that is under way or done; return what will have it."""
        with self._lock:
            if model not in self._loaded:
                self._loaded[model] = self._pool.submit(self._load, model)
            return self._loaded[model]

    def get(self, model: Model) -> TokenEncoder:
        """Return the encoder of a model once it is loaded. The next call after one that raised tries anew.

        Raises:
            UserError: it cannot be loaded, or its device cannot be used.
        """
        loading = self.prepare(model)
        if loading.exception():
            with self._lock:
                self._loaded.pop(model, None)
        return loading.result()

    def fall_back(self) -> bool:
        """Go on with the processor where a graphics card that was chosen by "auto" failed; return whether it was so."""
        if self._wanted != "auto" or self._device in (None, "cpu"):
            return False
        with self._lock:
            self._device = "cpu"
            self._loaded.clear()
        return True

    def _load(self, model: Model) -> TokenEncoder:
        device = self._device = self._device or devices.choose(self._wanted)
        encoder = devices.load(model, device, self._threads, may_measure=self._may_measure)
        self._on_ready(encoder.name)
        return encoder
