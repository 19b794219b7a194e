"""BGE Desktop: find your own documents by meaning, on your own machine."""

import sys

__version__ = "0.1.0"

# OpenVINO's converter of models, which nothing here uses, tells its makers over the network that it was imported; and
# importing openvino imports it, where it can. This way it cannot, in any process of the app.
sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]
