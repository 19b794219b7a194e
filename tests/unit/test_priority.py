from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SCRIPT = """
import json, os, sys, psutil
from bge_desktop import priority
os.nice(int(sys.argv[1]))
priority.lower_own()
own = psutil.Process()
print(json.dumps([own.nice(), *own.ionice()] if sys.platform == "linux" else [own.nice()]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux calls it")
@pytest.mark.parametrize(("before", "nice"), [(0, 10), (15, 19)])
def test_a_process_in_the_background_stands_behind_the_others(before, nice):
    before -= os.nice(0)
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(before)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [nice, 2, 7]
