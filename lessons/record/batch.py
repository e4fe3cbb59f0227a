"""Many scripts, each in a child that is forked when everything is imported already: a recording then costs a
few milliseconds more than its program. A line on stdout tells how each ended: its exit status and its name."""
import os
import sys

from _loopglass import main


def _run(script, options, folder):
    """In the child: never returns."""
    options.script = script
    options.output = os.path.join(folder, os.path.splitext(os.path.basename(script))[0] + '.jsonl')
    options.quiet = True
    status = 1
    try:
        status = main.record(options)
    finally:
        os._exit(status)


def _status(code):
    return os.WEXITSTATUS(code) if os.WIFEXITED(code) else 128 + os.WTERMSIG(code)


def record_all(options):
    """Returns 0: each script's own status is told beside its name."""
    from _loopglass import order, session  # noqa: F401  the children find them imported
    scripts = [options.script] + options.arguments
    options.arguments = []
    os.makedirs(options.batch, exist_ok=True)
    waiting = list(reversed(scripts))
    running = {}
    while waiting or running:
        if waiting and len(running) < (os.cpu_count() or 1):
            script = waiting.pop()
            sys.stdout.flush()
            child = os.fork()
            if child == 0:
                _run(script, options, options.batch)
            running[child] = script
            continue
        child, code = os.wait()
        if child in running:
            print(_status(code), running.pop(child))
    return 0
