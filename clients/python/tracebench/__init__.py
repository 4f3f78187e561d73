"""Tracebench for Python: `set_trace_processors([WorkbenchProcessor()])`."""

from .processor import WorkbenchProcessor

__all__ = ["WorkbenchProcessor"]
