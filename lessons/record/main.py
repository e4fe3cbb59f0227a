"""From the command line to the end of the trace."""
import os
import sys

from _loopglass.options import UsageError, VERSION, parse

USAGE_STATUS, TRACE_STATUS = 2, 4


def main(words):
    try:
        options = parse(words)
    except UsageError as error:
        return refuse(error, USAGE_STATUS)
    if options.show:
        sys.stdout.write(options.show)
        return 0
    if options.batch is not None:
        from _loopglass import batch
        return batch.record_all(options)
    return record(options)


def refuse(text, status):
    sys.stderr.write('loopglass-record: %s\n' % text)
    return status


def _header(options, clock):
    from _loopglass.text import quote
    argv = ([options.script] if options.script else ['-m', options.module]) + options.arguments
    program = f'{{"argv":[{",".join(map(quote, argv))}]' + (f',{options.program[1:]}' if options.program else '}')
    has = (['lines'] if options.lines else []) + ['callbacks'] + (['snapshots'] if options.snapshots else [])
    semantics = '%s-%d.%d.%d' % ((sys.implementation.name,) + sys.version_info[:3])
    order = 'canonical' if options.canonical else 'hash'
    return (f'{{"trace":"loopglass","version":1,"clock":"{clock.name}","unit":"ns","semantics":"{semantics}",'
            f'"order":"{order}",'
            f'"producer":{{"name":"loopglass-record","version":"{VERSION}","language":"python"}},'
            f'"program":{program},"has":[{",".join(map(quote, has))}]}}')


def trace_name(options):
    program = options.script or options.module
    return options.output or os.path.splitext(os.path.basename(program))[0] + '.jsonl'


def _mute(*descriptors):
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for fd in descriptors:
        os.dup2(nowhere, fd)
    os.close(nowhere)


def record(options):
    """Runs the program and writes its trace. Returns its exit status."""
    from _loopglass import tracefile
    from _loopglass.program import Program
    try:
        program = Program(options)
    except OSError as error:
        return refuse('%s: %s' % (error.filename, error.strerror), USAGE_STATUS)
    name = trace_name(options)
    try:
        file = tracefile.open_for(name)
    except OSError as error:
        return refuse('%s: %s' % (name, error.strerror), TRACE_STATUS)
    from _loopglass import session
    session.complain_on(tracefile.keep_far(2))
    if options.quiet:
        _mute(1, 2)
    elif name == '-':
        _mute(1)
    return session.run(options, program, file, _header)
