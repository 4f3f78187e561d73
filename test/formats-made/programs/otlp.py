"""Spans sent by the SDK's own OTLP exporter to wherever OTEL_EXPORTER_OTLP_ENDPOINT says."""

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def provider():
    spans = TracerProvider(resource=Resource.create({"service.name": "made"}))
    spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(spans)
    return spans
