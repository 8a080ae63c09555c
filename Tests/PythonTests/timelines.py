"""Records programs as a user does, and replays samplers over what was recorded."""
import pathlib

import command_schema
import schema
from commandline import clean_environment


def record(swprof, python, output, script, *arguments, flags=(), **options):
    """Records a program; gives what became of it, and the timeline's path."""
    options.setdefault("env", clean_environment())
    return swprof("record", "--python", python, "-o", output, *flags, script, *arguments, **options), pathlib.Path(output)


def simulated(swprof, timeline, *flags, times=50):
    result = swprof("simulate", timeline, "--times", str(times), "--seed", "7", "--json", *flags)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return command_schema.check_simulate(schema.parse(result.stdout))


def totals(found):
    """True total shares by bare name."""
    return {function["name"]: function["total"]["truth"] for function in found["functions"]}
