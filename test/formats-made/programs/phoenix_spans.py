"""A real Phoenix on loopback that takes spans over OTLP, and what it gives back. Usage: phoenix_spans.py DIRECTORY.

`page.json` is a page of its API, `otlp-page.json` the same in OTLP's words; `spans.jsonl` and `otlp.json` are what
its page downloads: the same spans a line each, and between the brackets of OTLP. `nested.jsonl` is what its library writes.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

directory = Path(sys.argv[1])


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def make_spans(base):
    told = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource.create({"service.name": "made", "openinference.project.name": "desk"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(base + "/v1/traces")))
    provider.add_span_processor(SimpleSpanProcessor(told))
    tracer = provider.get_tracer("made", "1")
    agent = {"openinference.span.kind": "AGENT", "agent.name": "Desk", "session.id": "chat-7", "user.id": "u-1"}
    call = {
        "openinference.span.kind": "LLM",
        "llm.model_name": "stub-model",
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": "Köln?",
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": "3 °C",
        "llm.token_count.prompt": 11,
        "llm.token_count.completion": 4,
        "llm.token_count.total": 15,
        "tag.tags": ["x", "y"],
    }
    tool = {"openinference.span.kind": "TOOL", "tool.name": "look_up", "tool.parameters": '{"city":{"type":"string"}}'}
    metadata = json.dumps({"room": {"floor": 1}})
    with tracer.start_as_current_span("Desk", attributes={**agent, "metadata": metadata}):
        with tracer.start_as_current_span("ask", attributes=call) as span:
            span.add_event("first token", {"number": 1})
        try:
            with tracer.start_as_current_span("look_up", attributes=tool):
                raise ValueError("no such place")
        except ValueError:
            pass
    provider.shutdown()
    return told.get_finished_spans()


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def wait_for(what, seconds):
    until = time.monotonic() + seconds
    while True:
        try:
            found = what()
            if found:
                return found
        except OSError:
            pass
        if time.monotonic() > until:
            raise SystemExit("Phoenix did not answer in time")
        time.sleep(0.2)


port, grpc = free_port(), free_port()
base = f"http://127.0.0.1:{port}"
settings = {"PHOENIX_WORKING_DIR": str(directory / "data"), "PHOENIX_HOST": "127.0.0.1"}
ports = {"PHOENIX_PORT": str(port), "PHOENIX_GRPC_PORT": str(grpc)}
serve = [sys.executable, "-m", "phoenix.server.main", "serve"]
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
phoenix = subprocess.Popen(serve, env={**os.environ, **settings, **ports}, **quiet)
try:
    wait_for(lambda: get(base + "/healthz") is not None, 150)
    spans = make_spans(base)
    url = base + "/v1/projects/desk/spans"

    def whole_page():
        text = get(url + "?limit=100")
        return text if len(json.loads(text)["data"]) == 3 else None

    page = wait_for(whole_page, 15)
    otlp_page = get(url + "/otlpv1?limit=100")
finally:
    phoenix.terminate()
    phoenix.wait(20)


def write(name, text):
    (directory / name).write_text(text, encoding="utf-8")


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


write("page.json", page)
write("otlp-page.json", otlp_page)
write("spans.jsonl", "".join(compact(span) + "\n" for span in json.loads(page)["data"]))
joined = ",".join(compact(span) for span in json.loads(otlp_page)["data"])
write("otlp.json", '{"resource_spans":[{"scope_spans":[{"spans":[' + joined + "]}]}]}")

from phoenix.trace.otel import decode_otlp_span
from phoenix.trace.span_json_encoder import spans_to_jsonl

encoded = [
    span for group in encode_spans(spans).resource_spans for scope in group.scope_spans for span in scope.spans
]
write("nested.jsonl", spans_to_jsonl([decode_otlp_span(span) for span in encoded]))
