"""What keeps the screen awake, asked of a session bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from bge_desktop.ui.presentation import PresentationWatch

BUS = shutil.which("dbus-run-session")
# A bus with a service that says yes to one of the two questions; the watch asks until it hears that.
SCRIPT = """
import sys
from PySide6.QtCore import ClassInfo, Property, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
from bge_desktop.ui.presentation import PresentationWatch

app = QCoreApplication([])

@ClassInfo({"D-Bus Interface": "org.freedesktop.PowerManagement.Inhibit"})
class Power(QObject):
    @Slot(result=bool)
    def HasInhibit(self):
        return True

@ClassInfo({"D-Bus Interface": "org.gnome.SessionManager"})
class Gnome(QObject):
    InhibitedActions = Property(int, lambda self: 12)

which = sys.argv[1]
bus, options = QDBusConnection.sessionBus(), QDBusConnection.RegisterOption
service, path, kind, exported = {
    "power": (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        Power,
        options.ExportAllSlots,
    ),
    "gnome": ("org.gnome.SessionManager", "/org/gnome/SessionManager", Gnome, options.ExportAllProperties),
}[which]
own = kind()
assert bus.registerService(service) and bus.registerObject(path, own, exported)
watch = PresentationWatch(look_ms=20)
watch.changed.connect(lambda is_on: (print("disturbed", is_on), app.quit()))
watch.set_wanted(True)
QTimer.singleShot(20000, app.quit)
app.exec()
"""


@pytest.mark.skipif(BUS is None, reason="no session bus to be had")
@pytest.mark.parametrize("service", ["power", "gnome"])
def test_a_desktop_that_keeps_the_screen_awake_is_heard(service):
    command = [str(BUS), "--", sys.executable, "-W", "error", "-c", SCRIPT, service]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == "disturbed True\n", done.stderr


def test_without_a_bus_nothing_is_told_and_nothing_is_warned_of(qtbot, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    told = []
    watch = PresentationWatch(look_ms=1)
    watch.changed.connect(told.append)
    watch.set_wanted(True)
    qtbot.wait(50)
    assert told == []
    watch.set_wanted(False)
    assert not watch._timer.isActive()
