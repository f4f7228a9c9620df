# SPDX-License-Identifier: Apache-2.0
"""The log and its truth, written some hundred records at a time."""
from .record import line_of
from .simulation import Simulation
from .table import Table

ROWS_A_WRITE = 400  # about 1 MB
TRUTH_HEADER = b'request_id\ttypology\tfamilies\tscenario\tnote\n'


def truth_of(d, run):
    if run is None:
        return '%s\t\t\t\t%s\n' % (d.id, d.note)
    return '%s\t%s\t%s\t%d\t\n' % (d.id, run.kind.name, run.kind.families,
                                   run.id)


def write_log(args, output, truth, progress):
    """Calls progress with the count of records after each write."""
    simulation = Simulation(args)
    dates = simulation.calendar.dates
    table = Table() if args.format == 'csv' else None
    lines, truths = [], []

    def flush():
        text = table.rows(lines) if table else ''.join(lines)
        output.write(text.encode())
        lines.clear()
        if truth:
            truth.write(''.join(truths).encode())
            truths.clear()

    if truth:
        truth.write(TRUTH_HEADER)
    prefix = 'mk%d-' % args.seed
    for done, (d, run) in enumerate(simulation.requests(), 1):
        d.id = '%s%08d' % (prefix, done)
        lines.append(line_of(d, dates))
        if truth:
            truths.append(truth_of(d, run))
        if len(lines) >= ROWS_A_WRITE:
            flush()
            progress(done)
    flush()
