# SPDX-License-Identifier: Apache-2.0
"""Dates, times, and how busy the hours are. Times are seconds since 1970;
formatting a date is slow, so every day and every second of a day has its text
ready."""
from datetime import date, timedelta

DAY = 86400
EPOCH = date(1970, 1, 1)
PAST_DAYS = 4000  # how far back histories reach: about eleven years
AHEAD_DAYS = 60   # bars and retention lie ahead

TIMES = ['T%02d:%02d:%02d' % (s // 3600, s // 60 % 60, s % 60)
         for s in range(DAY)]

# How busy an hour of the day and a day of the week are, local time.
HOUR_WEIGHT = [2, 1, 1, 1, 1, 2, 4, 8, 20, 60, 90, 95, 80, 70, 78, 85, 88, 92,
               80, 55, 28, 14, 8, 4]
WEEKDAY_WEIGHT = [1.08, 1.0, 0.97, 0.98, 1.06, 1.15, 0.76]
CAMPAIGN_WEIGHT = 1.5


class Calendar:
    """The days of a log, those that it looks back to and ahead."""

    def __init__(self, start, days):
        self.first = (start - EPOCH).days
        self.count = days
        self.end = (self.first + days) * DAY
        self.dates = {day: (EPOCH + timedelta(day)).isoformat()
                      for day in range(self.first - PAST_DAYS,
                                       self.first + days + AHEAD_DAYS)}

    def when(self, c, local):
        return self.dates[local // DAY] + TIMES[local % DAY] + c.zone

    def hours(self):
        """The first second of each hour."""
        return range(self.first * DAY, self.end, 3600)


def busyness(c, at):
    """How many requests a country has in an hour, against other hours."""
    day, second = divmod(at + c.offset, DAY)
    weight = (c.share * HOUR_WEIGHT[second // 3600]
              * WEEKDAY_WEIGHT[(day + 3) % 7])
    return weight * CAMPAIGN_WEIGHT if day == c.campaign_day else weight
