"""The same program as `span-program.ts`, with the real openai-agents of Python and its own processor."""

import json
import resource
import sys
import time

from agents import custom_span, set_trace_processors, trace
from tracebench import WorkbenchProcessor

TICK_S = 0.01
TRACE_SPANS = 1000
TEXT = "What people ask and models answer. " * 10

spans, rate = int(sys.argv[1]), int(sys.argv[2])
processor = WorkbenchProcessor() if sys.argv[3] == "on" else None
set_trace_processors([processor] if processor else [])
cpu = time.process_time()
begun = time.monotonic()
made = 0
while made < spans:
    with trace("Steady"):
        end = min(made + TRACE_SPANS, spans)
        while made < end:
            due = min(end, int((time.monotonic() - begun) * rate) + 1)
            while made < due:
                with custom_span(f"step {made}", {"text": TEXT, "made": made}):
                    made += 1
            time.sleep(TICK_S)
if processor:
    processor.shutdown()
usage = resource.getrusage(resource.RUSAGE_SELF)
result = {"spans": spans, "cpuMs": round((time.process_time() - cpu) * 1000), "maxRssMb": round(usage.ru_maxrss / 1024)}
print(json.dumps(result))
