"""`python -m tracebench.run app.py ARGS` runs a program with the processor installed, without touching it.

The processor is installed the moment the program imports `agents`; a program that never does runs as it is.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import runpy
import sys
from typing import Any, Optional

from .processor import WorkbenchProcessor

USAGE = "Usage: python -m tracebench.run [-m MODULE | FILE] [ARGUMENTS]\n"


class _AgentsFinder(importlib.abc.MetaPathFinder):
    """Finds `agents` as Python would, and installs the processor behind its import."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Optional[importlib.machinery.ModuleSpec]:
        if name != "agents":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def load_and_install(module: Any) -> None:
            load(module)
            # A module of the program's own may bear the same name.
            install = getattr(module, "set_trace_processors", None)
            if callable(install):
                install([WorkbenchProcessor()])

        spec.loader.exec_module = load_and_install  # type: ignore[method-assign]
        return spec


def main(arguments: list) -> None:
    """Runs the program named by the arguments in place of this one."""
    if not arguments or arguments == ["-m"]:
        sys.stderr.write(USAGE)
        sys.exit(2)
    sys.meta_path.insert(0, _AgentsFinder())
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        sys.path.insert(0, os.getcwd())
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = arguments
    sys.path.insert(0, os.path.dirname(os.path.abspath(arguments[0])))
    runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
