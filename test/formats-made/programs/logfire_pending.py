"""Logfire's own spans with the marks of their start, as its backend gets them; one span never ends.

Only exporters that Logfire knows get those marks, so its test exporter collects them and OTLP's sends them on.
"""

import logfire
from logfire._internal.exporters.test import TestExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

told = TestExporter()
logfire.configure(
    send_to_logfire=False, console=False, service_name="made", additional_span_processors=[SimpleSpanProcessor(told)]
)
held = logfire.span("Held {name}", name="desk")
held.__enter__()
with logfire.span("Done {name}", name="bill"):
    pass
OTLPSpanExporter().export(told.exported_spans)
import os

os._exit(0)
