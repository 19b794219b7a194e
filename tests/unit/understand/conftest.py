"""What is tested here runs in the process that may import pandas."""

import bge_desktop

bge_desktop.let_pandas_in()
