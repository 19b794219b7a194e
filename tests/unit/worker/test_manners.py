from __future__ import annotations

import pytest

from bge_desktop.messages import Held
from bge_desktop.settings import Settings
from bge_desktop.worker.manners import Manners
from bge_desktop.worker.power import Power

MAINS, BATTERY, LOW = Power(), Power(True, 80.0), Power(True, 19.0)


class Machine:
    """A machine whose power and clock the test decides on; it is the queue, too."""

    def __init__(self, power=MAINS, **settings):
        self.power, self.now, self.looks, self.news = power, 0.0, 0, 0
        self.later = []
        self.manners = Manners(Settings(**settings), self, self.hear, self.look, lambda: self.now)

    def look(self):
        self.looks += 1
        return self.power

    def hear(self):
        self.news += 1

    def put_later(self, seconds, priority, job):
        self.later.append((self.now + seconds, job))

    def pass_time(self, seconds):
        self.now += seconds
        due = [own for own in self.later if own[0] <= self.now]
        self.later = [own for own in self.later if own[0] > self.now]
        for _, job in due:
            job()

    def may_begin(self, *, is_under_way=False):
        return self.manners.may_begin(is_under_way=is_under_way)


@pytest.mark.parametrize(
    ("power", "settings", "held", "may_begin"),
    [
        (MAINS, {}, Held.NOT, True),
        (MAINS, {"on_battery": "wait"}, Held.NOT, True),
        (BATTERY, {"on_battery": "normally"}, Held.NOT, True),
        (LOW, {"on_battery": "normally"}, Held.NOT, True),
        (BATTERY, {"on_battery": "slowly"}, Held.SLOW, True),
        (LOW, {"on_battery": "slowly"}, Held.LOW_BATTERY, False),
        (BATTERY, {"on_battery": "wait"}, Held.BATTERY, False),
    ],
)
def test_the_battery_holds_indexing_as_the_settings_say(power, settings, held, may_begin):
    machine = Machine(power, **settings)
    assert machine.may_begin() is may_begin
    assert machine.manners.held is held


def test_on_battery_a_rest_of_three_times_as_long_follows_each_portion():
    machine = Machine(BATTERY)
    assert machine.may_begin()
    machine.pass_time(2.0)
    assert not machine.may_begin(is_under_way=True)
    assert not machine.may_begin()
    assert machine.manners.is_resting
    machine.pass_time(5.9)
    assert not machine.may_begin()
    machine.pass_time(0.2)
    assert (machine.news, machine.manners.is_resting) == (1, False)
    assert machine.may_begin()


def test_the_power_is_looked_at_every_half_minute_at_most_and_only_when_asked():
    machine = Machine()
    for _ in range(100):
        machine.may_begin()
    assert machine.looks == 1
    machine.pass_time(3600.0)
    assert (machine.looks, machine.later) == (1, [])
    machine.may_begin()
    assert machine.looks == 2


def test_once_it_is_on_the_mains_again_there_is_news_of_it():
    machine = Machine(BATTERY, on_battery="wait")
    assert not machine.may_begin()
    machine.power = MAINS
    machine.pass_time(30.0)
    assert machine.news == 1
    assert machine.may_begin()


@pytest.mark.parametrize(("goes_on", "held"), [(False, Held.PRESENTATION), (True, Held.NOT)])
def test_a_presentation_holds_indexing_unless_the_settings_say_otherwise(goes_on, held):
    machine = Machine(during_presentations=goes_on)
    machine.manners.present(True)
    assert (machine.manners.held, machine.may_begin()) == (held, goes_on)
    machine.manners.present(False)
    assert (machine.manners.held, machine.news) == (Held.NOT, 2)


def test_a_person_may_override_that_until_it_changes():
    machine = Machine(LOW)
    machine.manners.present(True)
    machine.manners.override()
    assert machine.may_begin()
    machine.manners.present(False)
    assert not machine.may_begin()
    machine.manners.override()
    assert machine.may_begin()
    machine.power = MAINS
    machine.pass_time(31.0)
    assert machine.may_begin()
    machine.power = LOW
    machine.pass_time(31.0)
    assert not machine.may_begin()


def test_settings_that_change_hold_at_once_also_against_an_override():
    machine = Machine(BATTERY)
    assert machine.may_begin()
    machine.manners.override()
    machine.manners.use(Settings(on_battery="wait"))
    assert (machine.manners.held, machine.may_begin()) == (Held.BATTERY, False)
    machine.manners.use(Settings(on_battery="normally"))
    assert (machine.manners.held, machine.may_begin()) == (Held.NOT, True)
    assert machine.news == 3


def test_settings_that_say_nothing_new_of_the_battery_leave_an_override_alone():
    machine = Machine(LOW)
    machine.manners.override()
    machine.manners.use(Settings(threads=3, language="zh"))
    assert (machine.may_begin(), machine.news) == (True, 1)
