"""Handing work over to the one process that writes to a library: the open window, or a command that is at work.

That process listens on a socket of its person's alone; `writer.json` in the library's folder says where, and holds the
key by which both sides prove who they are. What passes is JSON that is checked against the messages' types, never a
pickle. This package imports nothing heavy: the window asks at start whether another one is open.
"""

ADDRESS_FILE = "writer.json"
