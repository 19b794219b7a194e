"""BGE Desktop: find your own documents by meaning, on your own machine."""

import sys

__version__ = "0.1.0"

# OpenVINO's converter of models, which nothing here uses, tells its makers over the network that it was imported; and
# importing openvino imports it, where it can. This way it cannot, in any process of the app.
sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]

# sqlite-utils imports pandas where there is one, as it comes with mteb, for types that no library stores: 85 MB and
# 0.2 s of the window's process.
sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]


def let_pandas_in() -> None:
    """Let pandas be imported in this process: MTEB wants it, and scikit-learn asks it whether something is a table."""
    if sys.modules.get("pandas") is None:
        sys.modules.pop("pandas", None)
