"""Not a program: which stacks a program can have, read from its own syntax tree.

Each function has one caller, whose statements that name it may be beneath it; a loop that names it with its whole body.
"""
import ast

STATEMENTS = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.For)


def call_graph(path):
    """Of each function of the file its lines, its caller, and the lines of the caller that may be beneath it."""
    with open(path) as file:
        tree = ast.parse(file.read())
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    graph = {}
    for caller in functions.values():
        for statement in ast.walk(caller):
            if isinstance(statement, STATEMENTS):
                for name in ast.walk(statement):
                    if isinstance(name, ast.Name) and name.id in functions:
                        add(graph, functions[name.id], caller.name, statement)
    # The statement that starts it all is the last of the file.
    add(graph, functions["main"], "<module>", tree.body[-1])
    return {"functions": graph}


def add(graph, callee, caller, statement):
    first, last = graph.get(callee.name, {}).get("from", (statement.lineno, statement.end_lineno))
    graph[callee.name] = {
        "lines": [callee.lineno, callee.end_lineno], "caller": caller,
        "from": [min(first, statement.lineno), max(last, statement.end_lineno)]}
