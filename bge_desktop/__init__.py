"""BGE Desktop: find your own documents by meaning, on your own machine."""

import sys

__version__ = "0.1.0"

# OpenVINO's converter of models, which nothing here uses, tells its makers over the network that it was imported; and
# importing openvino imports it, where it can. This way it cannot, in any process of the app.
sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]

# sqlite-utils imports pandas where there is one, as it comes with mteb, for types that no library stores: 85 MB and
# 0.2 s of the window's process. The command that runs MTEB lets it in again.
sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
