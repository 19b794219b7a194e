"""The settings file: what stands in it, and that nothing in its place can stop the app."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bge_desktop.errors import UserError
from bge_desktop.settings import Settings, changed, load, read, save, settings_path

CHOSEN = Settings(
    threads=4,
    memory_mb=512,
    on_battery="wait",
    during_presentations=True,
    idle_minutes=0.5,
    language="zh",
    close_to_tray=True,
    quick_search_keys="Ctrl+Alt+Space",
    notifications=False,
    keep_history=False,
    reranker=os.path.abspath("/models/bge reranker 模型"),
    reranking_ms=700,
)


@pytest.fixture
def library(tmp_path):
    return str(tmp_path)


@pytest.fixture
def put(library):
    def written(content):
        with open(settings_path(library), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    return written


def test_without_a_file_the_usual_settings_hold(library):
    assert load(library) == (Settings(), None)
    assert load(os.path.join(library, "nowhere")) == (Settings(), None)
    assert os.listdir(library) == []


def test_what_is_saved_is_loaded(library):
    save(library, CHOSEN)
    assert load(library) == (CHOSEN, None)
    assert stat.S_IMODE(os.stat(settings_path(library)).st_mode) == 0o600
    assert os.listdir(library) == ["settings.toml"]


def test_the_folder_of_a_library_that_is_yet_to_be_is_its_owners_alone(library):
    new = os.path.join(library, "new")
    save(new, CHOSEN)
    assert stat.S_IMODE(os.stat(new).st_mode) == 0o700


def test_what_a_person_writes_by_hand_is_understood(library, put):
    put('\ufeff# mine\r\nidle_minutes = 5\r\non_battery = "normally"\r\n')
    assert load(library) == (Settings(on_battery="normally"), None)


def test_unknown_keys_are_ignored_and_kept(library, put):
    put('threads = 2\ncolour = "green"\n\n[later]\nkeys = [1, 2]\n')
    settings, error = load(library)
    assert (settings, error) == (Settings(threads=2), None)
    save(library, CHOSEN)
    with open(settings_path(library)) as file:
        text = file.read()
    assert 'colour = "green"' in text
    assert "[later]" in text
    assert load(library) == (CHOSEN, None)


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("threads = -1", "“threads” must be a whole number from 0 to 256"),
        ("threads = 257", "from 0 to 256"),
        ("threads = true", "a whole number"),
        ("threads = 2.0", "a whole number"),
        (f"threads = {'9' * 400}", "from 0 to 256"),
        ("memory_mb = 255", "from 256 to 65536"),
        ("memory_mb = '2048'", "from 256 to 65536"),
        ("on_battery = 'never'", '"slowly", "wait" or "normally"'),
        ("on_battery = ['slowly']", '"slowly", "wait" or "normally"'),
        ("on_battery = {slowly = 1}", '"slowly", "wait" or "normally"'),
        ("during_presentations = 1", "true or false"),
        ("during_presentations = 'yes'", "true or false"),
        ("idle_minutes = 0", "a number from 0.1 to 1440.0"),
        ("idle_minutes = nan", "a number"),
        ("idle_minutes = inf", "a number"),
        ("idle_minutes = 2024-01-01", "a number"),
        ("language = 'fr'", '"" (the system\'s), "en" or "zh"'),
        ("close_to_tray = 0", "true or false"),
        ("quick_search_keys = 5", 'keys such as "Ctrl+Alt+Space"'),
        ("notifications = 'yes'", "true or false"),
        ("keep_history = []", "true or false"),
    ],
)
def test_a_wrong_value_is_told_and_the_usual_one_holds(library, put, line, allowed):
    others = {"threads": 3, "idle_minutes": 7}
    others.pop(line.split()[0], None)
    put("".join(f"{key} = {value}\n" for key, value in others.items()) + line)
    settings, error = load(library)
    assert settings == Settings(**others)
    assert allowed in error.message
    assert error.path == settings_path(library)
    assert os.listdir(library) == ["settings.toml"]


@pytest.mark.parametrize(
    "keys", ["", "Ctrl+Alt+Space", "Meta+Z", "Shift+Ctrl+1", "Ctrl+Alt+Shift+Meta+A", "F5", "Shift+F12", "Alt+F1"]
)
def test_keys_for_the_quick_search_are_taken(library, keys):
    save(library, Settings(quick_search_keys=keys))
    assert load(library) == (Settings(quick_search_keys=keys), None)


@pytest.mark.parametrize(
    "keys",
    [
        "A",
        "Space",
        "Shift+A",
        "F",
        "F0",
        "F13",
        "Ctrl+",
        "+",
        "Ctrl",
        "Ctrl+Ctrl+A",
        "ctrl+A",
        "Ctrl+a",
        "Ctrl+AB",
        "Ctrl + A",
        "Hyper+A",
        "Ctrl+Space\n",
        "Ctrl+X, Ctrl+S",
        " ",
    ],
)
def test_keys_that_would_be_taken_from_who_types_or_are_none_are_not(library, keys):
    with pytest.raises(UserError, match="keys such as"):
        save(library, Settings(quick_search_keys=keys))


def test_all_wrong_values_are_told_at_once(library, put):
    put("threads = -1\nidle_minutes = 0")
    error = load(library)[1]
    assert "“threads”" in error.message
    assert "“idle_minutes”" in error.message


DAMAGED = {
    "no TOML": b"threads",
    "cut off": b'on_battery = "slo',
    "no UTF-8": b'on_battery = "\xff\xfe"',
    "zeros": bytes(512),
    "brackets": b"a = " + b"[" * 100_000,
    "a number too long": b"threads = " + b"9" * 10_000,
    "too large": b"# \n" * (1 << 20),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_put_aside_and_told_once(library, put, content):
    put(content)
    settings, error = load(library)
    assert settings == Settings()
    assert error.path == f"{settings_path(library)}.damaged"
    with open(error.path, "rb") as kept:
        assert kept.read() == content
    assert load(library) == (Settings(), None)


def test_a_second_damaged_file_does_not_replace_the_first(library, put):
    for content in (b"first", b"second"):
        put(content)
        load(library)
    assert sorted(os.listdir(library)) == ["settings.toml.damaged", "settings.toml.damaged.2"]


def _folder(path):
    os.mkdir(path)
    open(os.path.join(path, "own"), "w").close()


def _socket(path):
    before = os.getcwd()
    os.chdir(os.path.dirname(path))  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as own:
            own.bind(os.path.basename(path))
    finally:
        os.chdir(before)


@pytest.mark.skipif(os.name != "posix", reason="Windows has none of these in folders")
@pytest.mark.parametrize("make", [_folder, os.mkfifo, _socket, lambda path: os.symlink(path, path)])
def test_what_is_no_file_at_all_is_put_aside(library, make):
    make(settings_path(library))
    settings, error = load(library)
    assert settings == Settings()
    assert "damaged" in error.message
    save(library, CHOSEN)
    assert load(library) == (CHOSEN, None)


def test_reading_changes_nothing(library, put):
    put(b"threads")
    settings, error = read(library)
    assert settings == Settings()
    assert error.path == settings_path(library)
    assert os.listdir(library) == ["settings.toml"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_and_stays(library, put):
    put("threads = 2")
    os.chmod(settings_path(library), 0)
    assert "permissions" in load(library)[1].message
    assert os.listdir(library) == ["settings.toml"]


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 200), flip=st.integers(1, 255), cut=st.booleans())
def test_a_flipped_bit_and_a_cut_never_stop_it(library, place, flip, cut):
    save(library, CHOSEN)
    with open(settings_path(library), "rb") as file:
        content = bytearray(file.read())
    place %= len(content)
    content[place] ^= flip
    with open(settings_path(library), "wb") as file:
        file.write(content[:place] if cut else content)
    settings, _ = load(library)
    save(library, settings)  # only what is allowed
    assert load(library) == (settings, None)


def test_a_value_that_is_not_allowed_is_not_saved(library):
    save(library, CHOSEN)
    with pytest.raises(UserError, match="from 0 to 256"):
        save(library, Settings(threads=1000))
    assert load(library) == (CHOSEN, None)


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(library, monkeypatch):
    save(library, CHOSEN)

    def full(_file):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="No space left"):
        save(library, Settings())
    assert os.listdir(library) == ["settings.toml"]
    assert load(library) == (CHOSEN, None)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_a_full_disk_leaves_no_half_a_file(library):
    program = (
        "import resource, signal, sys; from bge_desktop.settings import Settings, save\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "save(sys.argv[1], Settings())"
    )
    ran = subprocess.run([sys.executable, "-c", program, library], capture_output=True, text=True, check=False)
    assert "The settings cannot be written (File too large)" in ran.stderr
    assert os.listdir(library) == []


def test_a_value_that_was_typed_is_taken_or_told():
    assert changed(Settings(), "threads", "4").threads == 4
    assert changed(Settings(), "idle_minutes", "2.5").idle_minutes == 2.5
    assert changed(Settings(), "on_battery", "wait").on_battery == "wait"
    assert changed(Settings(), "on_battery", '"wait"').on_battery == "wait"
    assert changed(Settings(), "during_presentations", "true").during_presentations is True
    for key, text in (("threads", "many"), ("threads", ""), ("threads", "[" * 10_000), ("on_battery", "1")):
        with pytest.raises(UserError, match=f"“{key}” must be"):
            changed(Settings(), key, text)
    with pytest.raises(UserError, match="threads, memory_mb"):
        changed(Settings(), "colour", "green")


@pytest.mark.parametrize("folder", ["models/reranker", "~/reranker", "/models/\udcff", "3"])
def test_a_reranker_is_named_by_its_whole_path_in_text(folder):
    with pytest.raises(UserError, match="the whole path of a folder"):
        changed(Settings(), "reranker", folder)
