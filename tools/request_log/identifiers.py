# SPDX-License-Identifier: Apache-2.0
"""Numbers with their check digits. Luhn sums of short groups come from tables:
most of a number is drawn, so only the groups are looked up and added."""


def digit_sums(width):
    """Luhn sums of all numbers of an even width, for the left of a check."""
    sums = []
    for number in range(10 ** width):
        total = 0
        for place, char in enumerate(reversed('%0*d' % (width, number))):
            digit = int(char)
            if place % 2 == 0:
                digit = digit * 2 - 9 if digit > 4 else digit * 2
            total += digit
        sums.append(total)
    return sums


SUMS_4 = digit_sums(4)
SUMS_2 = digit_sums(2)


def luhn_sum(digits):
    """Of an even count of digits."""
    return sum(SUMS_2[int(digits[k:k + 2])] for k in range(0, len(digits), 2))


TAC = '35999901'  # a type of handset that nobody makes
TAC_SUM = luhn_sum(TAC)


def imei_of(number):
    high, low = divmod(number % 1_000_000, 10_000)
    check = -(TAC_SUM + SUMS_2[high] + SUMS_4[low]) % 10
    return '%s%02d%04d%d' % (TAC, high, low, check)


def eid_of(number):
    head = 89049032 * 10 ** 22 + number
    return '%d%02d' % (head, 98 - head * 100 % 97)
