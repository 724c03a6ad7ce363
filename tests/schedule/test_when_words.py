"""Schedules as people write them, and what is said about those that are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.schedule.words import crons


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Weekdays at 07:30", ["30 7 * * 1-5"]),
        ("every weekday at 7:30", ["30 7 * * 1-5"]),
        ("weekends at 10:00", ["0 10 * * 0,6"]),
        ("  daily   at 07:00 and 18:30 ", ["0 7 * * *", "30 18 * * *"]),
        ("every day at 7:00, 12:00, and 18:00", ["0 7 * * *", "0 12 * * *", "0 18 * * *"]),
        ("mon, thu at 18:00", ["0 18 * * 1,4"]),
        ("Tuesdays and Thursdays at 18:00", ["0 18 * * 2,4"]),
        ("on sunday at 09:00", ["0 9 * * 0"]),
        ("every saturday at 09:00", ["0 9 * * 6"]),
        ("weekdays and sunday at 8:00", ["0 8 * * 1-5,0"]),
        ("every weekday, and every sunday at 8:00", ["0 8 * * 1-5,0"]),
        ("weekends, on wed and thu-fri at 9:00", ["0 9 * * 0,6,3,4,5"]),
        ("daily and sunday at 9:00", ["0 9 * * *"]),
        ("every first monday of the month at 09:00", ["0 9 * * 1#1"]),
        ("mon-fri at 06:00", ["0 6 * * 1,2,3,4,5"]),
        ("thurs to tues, wed at 06:00", ["0 6 * * 4,5,6,0,1,2,3"]),
        ("first monday of the month at 09:00", ["0 9 * * 1#1"]),
        ("on the 2nd and 4th tuesday of each month at 09:00", ["0 9 * * 2#2,2#4"]),
        ("last friday of every month at 17:00", ["0 17 * * 5L"]),
        ("1st and 15th of the month at 09:00", ["0 9 1,15 * *"]),
        ("first, 15th and last day of the month at 09:00", ["0 9 1,15,L * *"]),
        ("last weekday of the month at 09:00", ["0 9 LW * *"]),
        ("every hour", ["0 * * * *"]),
        ("every 6 hours", ["0 0,6,12,18 * * *"]),
        ("every 12 hours", ["0 0,12 * * *"]),
        ("every 20 minutes", ["0,20,40 * * * *"]),
        ("30 7 * * 1-5", ["30 7 * * 1-5"]),
        ("0 */8 * * *", ["0 0,8,16 * * *"]),
        ("*/30 2 * * SUN", ["0,30 2 * * sun"]),
        ("5 0-23 1-7 jan,jul *", ["5 * 1-7 jan,jul *"]),
        ("0 9 * * mon#2", ["0 9 * * mon#2"]),
        ("0 9 * * 5L", ["0 9 * * 5l"]),
        ("0 9 LW * *", ["0 9 lw * *"]),
        ("@hourly", ["0 * * * *"]),
        ("@daily", ["0 0 * * *"]),
        ("@midnight", ["0 0 * * *"]),
        ("@weekly", ["0 0 * * 0"]),
        ("@monthly", ["0 0 1 * *"]),
        ("@Yearly", ["0 0 1 1 *"]),
        ("@annually", ["0 0 1 1 *"]),
    ],
)
def test_what_a_schedule_means(text: str, wanted: list[str]) -> None:
    assert list(crons(text)) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' has no time of day"),
        ("weekdays", "'weekdays' has no time of day after an \"at\". Write it like"),
        ("weekdys 07:30", 'Did you mean "weekdays at 07:30"?'),
        ("weekdys at 07:30", 'Did you mean "weekdays at 07:30"?'),
        ("frist monday of the month at 09:00", 'Did you mean "first monday of the month'),
        ("evry 6 hours", 'Did you mean "every 6 hours"?'),
        ("mon, thursda at 18:00", 'Did you mean "mon, thursday at 18:00"?'),
        ("every 2 weeks at 07:30", "'2 weeks' is no day of the week. Write it like"),
        ("weekdays at 7", "'7' is no time of day"),
        ("weekdays at 7pm", "like \"07:30\" or \"18:00\""),
        ("weekdays at 24:00", "'24:00' is no time of day"),
        ("weekdays at 07:60", "'07:60' is no time of day"),
        ("daily at 07:30,", "'' is no time of day"),
        ("every 5 hours", "do not part a day evenly. Write one of 2, 3, 4, 6, 8, 12."),
        ("every 24 hours", '24 hours are a whole day. Write "daily at 00:00".'),
        ("every 60 minutes", '60 minutes are a whole hour. Write "every hour".'),
        ("every 48 hours", "do not part a day evenly"),
        ("weekly at 09:00", 'Did you mean "mondays at 09:00"?'),
        ("every week at 09:00", 'Did you mean "mondays at 09:00"?'),
        ("weekly 09:00", 'Did you mean "mondays at 09:00"?'),
        ("monthly at 09:00", 'Did you mean "1st of the month at 09:00"?'),
        ("every month at 09:00", 'Did you mean "1st of the month at 09:00"?'),
        ("hourly", 'Did you mean "every hour"?'),
        ("weekdays and sonday at 8:00", 'Did you mean "weekdays and sunday at 8:00"?'),
        ("every 0 hours", "do not part a day evenly"),
        ("every 45 minutes", "Write one of 2, 3, 4, 5, 6, 10, 12, 15, 20, 30."),
        ("0th of the month at 09:00", "'0th' names no day of the month"),
        ("32nd of the month at 09:00", "'32nd' names no day of the month"),
        ("6th monday of the month at 09:00", "'6th' names no day of the month"),
        ("30 7 * *", "has 4 fields, and cron has 5"),
        ("0 30 7 * * 1-5", "has 6 fields, and cron has 5"),
        ("30 25 * * *", "has a wrong hour"),
        ("30 7 * * 8", "has a wrong day-of-week"),
        ("30 7 * * fri-mon", 'cron does not. Write "30 7 * * fri,sat,sun,mon".'),
        ("30 7 * * wed,FRI-SUN", 'Write "30 7 * * wed,fri,sat,sun".'),
        ("30 7 * * 5-1", 'Write "30 7 * * 5,6,0,1".'),
        ("30 25 * * fri-mon", "has a wrong hour"),
        ("30 7 * * mon-frx", "has a wrong day-of-week"),
        ("0 9 31 4 *", "has a wrong day-of-month"),
        ("0 9 * 13 *", "has a wrong month"),
        ("@reboot", 'or, as cron, "30 7 * * 1-5"'),
        ("daily at " + "07:30, " * 60, "is too long"),
        ("9" * 5_000 + " * * * *", "is too long"),
    ],
)  # fmt: skip
def test_what_is_said_about_what_is_no_schedule(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        crons(text)
    assert said in str(raised.value)


_PIECES = st.sampled_from(
    [
        "weekdays", "every", "6", "hours", "at", "07:30", "18:00", ",", "-", "and", "to", "first",
        "last", "mon", "friday", "of", "the", "month", "1st", "31st", "day", "weekday", "feb", "*",
        "*/5", "1-5", "1,15", "L", "LW", "5L", "5L/2", "mon#1", "L/2", "1#2/3", "2-1", "*/0", "0",
        "7", "30", "²", "٣",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=9).map(" ".join)))
def test_every_text_is_a_schedule_or_refused(text: str) -> None:
    try:
        found = crons(text)
    except ConfigError as refused:
        assert refused.why  # noqa: PT017  both ends are right
        assert refused.remedy  # noqa: PT017
    else:
        assert all(crons(cron) == (cron,) for cron in found)
