"""Reads calendars from standard input, separated by a line of two dashes, with a parser that is
not ours, and fails unless each names the zone of Shanghai and every event is whole in it."""

import sys
from datetime import timedelta

from icalendar import Calendar


def check(text: str) -> int:
    calendar = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"], "no version or program"
    zones = [str(it["TZID"]) for it in calendar.walk("VTIMEZONE")]
    assert zones == ["Asia/Shanghai"], zones
    events = calendar.walk("VEVENT")
    for event in events:
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
        assert start.utcoffset() == timedelta(hours=8), start
        assert timedelta() < end - start <= timedelta(hours=8), (start, end)
        assert event["UID"] and int(event["SEQUENCE"]) >= 1
        assert event["STATUS"] in ("CONFIRMED", "CANCELLED")
        assert event["DTSTAMP"].dt.utcoffset() == timedelta(), "a stamp is in UTC"
        assert not event.errors, event.errors
    return len(events)


texts = [it for it in sys.stdin.read().split("\n--\n") if it.strip()]
events = sum(check(it) for it in texts)
assert texts and events, "no calendar was given"
print(f"{len(texts)} calendars with {events} events are well formed.")
