"""Keys through the desktop portal, asked of a session bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from bge_desktop.ui.portal import trigger

BUS = shutil.which("dbus-run-session")
needs_bus = pytest.mark.skipif(sys.platform != "linux", reason="session buses are Linux's")
# A desktop that answers with the code that it is told, and then presses the keys, for another session and for this one.
SERVICE = """
import sys
from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_return, new_signal, new_error
from jeepney.io.blocking import Proxy, open_dbus_connection

code = int(sys.argv[1])
bus = open_dbus_connection("SESSION")
Proxy(message_bus, bus).RequestName("org.freedesktop.portal.Desktop", 4)
print("ready", flush=True)
PATH, SHORTCUTS = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.GlobalShortcuts"

def respond(call, options, results):
    sender = call.header.fields[7].removeprefix(":").replace(".", "_")
    path = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
    bus.send(new_method_return(call, "o", (path,)))
    address = DBusAddress(path, interface="org.freedesktop.portal.Request")
    bus.send(new_signal(address, "Response", "ua{sv}", (code if results is None else 0, results or {})))

def press(session, token):
    options = {"activation_token": ("s", token)} if token else {}
    address = DBusAddress(PATH, interface=SHORTCUTS)
    bus.send(new_signal(address, "Activated", "osta{sv}", (session, "quick-search", 1, options)))

while True:
    call = bus.receive()
    if call.header.message_type is not MessageType.method_call:
        continue
    member = call.header.fields[3]
    if member == "Register":
        print("Register", call.body[0], flush=True)
        bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownInterface"))
    elif member == "CreateSession":
        respond(call, call.body[0], {"session_handle": ("s", "/session/one")})
    elif member == "BindShortcuts":
        session, ((name, what),), parent, options = call.body
        print(session, name, what["preferred_trigger"][1], what["description"][1], flush=True)
        respond(call, options, None)
        press("/session/another", "wrong")
        press("/session/one", "token")
        press("/session/one", "")
"""
CLIENT = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QTimer
from bge_desktop.ui.keys_state import KeysState
from bge_desktop.ui.portal_keys import PortalKeys

service = None
if sys.argv[1] != "none":
    service = subprocess.Popen([sys.executable, "-c", sys.argv[2], sys.argv[1]], stdout=subprocess.PIPE, text=True)
    service.stdout.readline()
app = QCoreApplication([])
keys, told = PortalKeys(), []

def take(news):
    told.append(news)
    print("heard", news if isinstance(news, str) else news.value, flush=True)
    if told[-1:] in ([KeysState.REFUSED], [KeysState.IMPOSSIBLE]) or told[-2:] == ["token", ""]:
        app.quit()

keys.state_changed.connect(take)
keys.pressed.connect(take)
keys.hold("Ctrl+Alt+Space")
QTimer.singleShot(60000, app.quit)
app.exec()
keys.close()
keys.hold("")
if service:
    service.kill()
    print(service.stdout.read(), end="")
    service.wait()
"""


def heard(answer: str) -> list[str]:
    assert BUS, "make apt installs dbus"
    command = [BUS, "--", sys.executable, "-W", "error", "-c", CLIENT, answer, SERVICE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.splitlines()


@needs_bus
def test_keys_that_the_desktop_gives_are_heard_with_their_tokens():
    assert heard("0") == [
        "heard asked",
        "heard held",
        "heard token",
        "heard ",
        "heard none",
        "Register bge-desktop",
        "/session/one quick-search CTRL+ALT+space Quick search",
    ]


@needs_bus
@pytest.mark.parametrize("code", ["1", "2"])
def test_keys_that_are_refused_are_none(code):
    assert heard(code)[:3] == ["heard asked", "heard refused", "heard none"]


@needs_bus
def test_without_a_portal_it_is_said(monkeypatch):
    assert heard("none") == ["heard asked", "heard impossible", "heard none"]


@pytest.mark.parametrize(
    ("keys", "written"),
    [("Ctrl+Alt+Space", "CTRL+ALT+space"), ("Meta+Shift+K", "LOGO+SHIFT+k"), ("F5", "F5"), ("Ctrl+7", "CTRL+7")],
)
def test_keys_are_written_as_the_portal_wants_them(keys, written):
    assert trigger(keys) == written
