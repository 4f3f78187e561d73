"""What ConsoleSpanExporter prints, as it does by itself and a line a span. Usage: console_spans.py DIRECTORY."""

import sys
from pathlib import Path

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry.trace import Link, SpanKind, Status, StatusCode

directory = Path(sys.argv[1])
printed = open(directory / "printed.txt", "w")
lines = open(directory / "lines.txt", "w")
provider = TracerProvider(resource=Resource.create({"service.name": "made", "places": ["a", "b"]}))
provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=printed)))
provider.add_span_processor(
    SimpleSpanProcessor(ConsoleSpanExporter(out=lines, formatter=lambda span: span.to_json(indent=None) + "\n"))
)
tracer = provider.get_tracer("made", "1.2")

agent = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "Größe", "gen_ai.conversation.id": "chat-7"}
call = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "stub-model",
    "gen_ai.usage.input_tokens": 10,
    "gen_ai.usage.output_tokens": 3,
    "gen_ai.response.finish_reasons": ["stop"],
}
with tracer.start_as_current_span("invoke_agent Größe", kind=SpanKind.SERVER, attributes=agent) as root:
    link = Link(root.get_span_context(), {"why": "said again"})
    with tracer.start_as_current_span("chat stub-model", kind=SpanKind.CLIENT, attributes=call, links=[link]) as span:
        span.add_event("first token", {"number": 1})
    # What a program prints stands between its spans.
    print("Looking for the place…", file=printed)
    try:
        tool = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "look_up"}
        with tracer.start_as_current_span("execute_tool look_up", attributes=tool):
            raise ValueError('no such "place"')
    except ValueError:
        pass
    root.set_status(Status(StatusCode.OK))
provider.shutdown()
printed.close()
lines.close()
