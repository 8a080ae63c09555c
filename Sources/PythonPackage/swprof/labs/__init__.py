"""What the course labs stand on: exercises that check themselves, and messages instead of traces.

    from swprof import labs
    labs.check("4.1", answer)       says whether an answer is right, and if not, what to look at
    labs.require("4.1")             stops a cell that needs the answer of an exercise
    labs.enough(ticks, 30, "ticks") stops a cell that has too little data

Importing it in IPython has it show what a lab can run into (a cell run too early, a machine that forbids what a cell
needs) as one message. `import swprof` imports nothing of this.
"""
from .beginning import begin
from .commands import compare, program
from .errors import LabError, Unsolved
from .exercises import check, require
from .guards import enough, needs
from .messages import show_messages
from .plots import plots

__all__ = ["LabError", "Unsolved", "begin", "check", "compare", "enough", "needs", "plots", "program", "require"]

show_messages()
