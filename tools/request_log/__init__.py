# SPDX-License-Identifier: Apache-2.0
"""An invented log of SIM replacement requests: what tools/make_requests is.

The log is a small simulation: stores with opening hours and shifts, clerks,
an app, a site and a hotline serve holders hour by hour; innocent oddities
happen at plausible rates, and fraud runs in named scenarios that may take
several requests. Records leave in the order of time, and what counters and
histories say agrees with the log so far. Nothing but a few recent lines, the
clerks and the running scenarios is remembered, so memory stays flat.

world        countries, operators, stores and clerks
days         dates, times, and how busy the hours are
identifiers  numbers with their check digits
texts        pieces of JSON, ready to be joined
draft        one request before it is written
honest       requests in good order
oddities     what is odd and innocent
scenarios    what fraud does to a request
simulation   honest and fraudulent requests in the order of time
record       a draft as a line
table        lines as CSV
writing      the log and its truth, written
"""
