"""The command line: what is recorded, how, and where to."""

VERSION = '0.1.0'
LEAST_LIMIT = 64 << 10  # the header and a listing find room

HELP = """\
usage: python3 lessons/record [options] SCRIPT.py [args...]
       python3 lessons/record [options] -m MODULE [args...]

Runs an asyncio program on CPython's own event loop and writes its trace
(JSON Lines) for loopglass. The exit status is the program's; 3: it is stuck,
nothing can ever wake it.

  -o FILE            the trace; -: to stdout, instead of the program's output
                     (default: the program's name with .jsonl, in this folder)
  --virtual          a virtual clock: sleeps take no time. Canonical order
  --canonical        where CPython goes through a set of tasks: the order in
                     which they were made
  --hash-order       CPython's own order, also with --virtual
  --no-lines         no source lines
  --lines-in GLOB    also the lines of files whose path matches (repeatable)
  --snapshots        the loop's whole state at every iteration and handle end
  --quiet            what the program prints goes into the trace only
  --program JSON     what else the trace's header says of the program: an object
  --limit N          at most N events; the program itself goes on
  --trace-limit N    at most N bytes, 0: no limit (default: 4 GiB);
                     the program itself goes on
  --batch FOLDER     all further arguments are scripts: each in a child of its
                     own, the traces into FOLDER
  --help, --version
"""


class UsageError(Exception):
    """One line that says what is wrong with the command line."""


class Options:
    def __init__(self):
        self.output = None
        self.virtual = False
        self.canonical = None  # None: as --virtual
        self.lines = True
        self.lines_in = []
        self.snapshots = False
        self.quiet = False
        self.program = None
        self.limit = 0
        self.trace_limit = 4 << 30
        self.batch = None
        self.show = None  # text for --help and --version
        self.script = None
        self.module = None
        self.arguments = []


def _number(option, text):
    if not text.isdigit() or int(text) == 0:
        raise UsageError('%s needs a number of events, not %r' % (option, text))
    return int(text)


def _bytes(option, text):
    if not text.isdigit() or 0 < int(text) < LEAST_LIMIT:
        raise UsageError('%s needs a number of bytes from %d on, or 0, not %r' % (option, LEAST_LIMIT, text))
    return int(text)


def _object(option, text):
    import json
    try:
        if json.loads(text):
            return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        pass
    raise UsageError('%s needs a JSON object with something in it' % option)


def parse(words):
    """Options from the words of the command line; UsageError when they make no sense."""
    options = Options()
    rest = list(words)

    def value_of(option):
        if not rest:
            raise UsageError('%s needs a value (see --help)' % option)
        return rest.pop(0)

    while rest:
        word = rest.pop(0)
        if word == '-o':
            options.output = value_of(word)
        elif word == '--virtual':
            options.virtual = True
        elif word == '--canonical':
            options.canonical = True
        elif word == '--hash-order':
            options.canonical = False
        elif word == '--no-lines':
            options.lines = False
        elif word == '--lines-in':
            options.lines_in.append(value_of(word))
        elif word == '--snapshots':
            options.snapshots = True
        elif word == '--quiet':
            options.quiet = True
        elif word == '--program':
            options.program = _object(word, value_of(word))
        elif word == '--limit':
            options.limit = _number(word, value_of(word))
        elif word == '--trace-limit':
            options.trace_limit = _bytes(word, value_of(word))
        elif word == '--batch':
            options.batch = value_of(word)
        elif word == '--help':
            options.show = HELP
            return options
        elif word == '--version':
            options.show = 'loopglass-record %s\n' % VERSION
            return options
        elif word == '-m':
            options.module = value_of(word)
            break
        elif word.startswith('-'):
            raise UsageError('unknown option %s (see --help)' % word)
        else:
            options.script = word
            break
    if options.script is None and options.module is None:
        raise UsageError('which program? (see --help)')
    if options.batch is not None and options.script is None:
        raise UsageError('--batch takes scripts, not a module')
    options.arguments = rest
    if options.canonical is None:
        options.canonical = options.virtual
    return options
