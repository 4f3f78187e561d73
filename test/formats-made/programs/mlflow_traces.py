"""Traces as MLflow writes them, whatever its version. Usage: mlflow_traces.py DIRECTORY.

`trace.json` is one trace, `traces.jsonl` two; the store keeps the artifact of each, `traces.json`, beside them.
"""

import os
import sys
from pathlib import Path

directory = Path(sys.argv[1])
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
from mlflow.entities import SpanType

mlflow.set_tracking_uri((directory / "store").as_uri())


@mlflow.trace(span_type=SpanType.TOOL)
def look_up(city):
    if city == "nowhere":
        raise ValueError("no such place")
    return {"bill": 3, "city": city}


@mlflow.trace(span_type=SpanType.CHAT_MODEL)
def ask(messages):
    span = mlflow.get_current_active_span()
    span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 11, "output_tokens": 4, "total_tokens": 15})
    span.set_attribute("mlflow.llm.model", "stub-model")
    return {"choices": [{"message": {"role": "assistant", "content": "Größe"}}]}


@mlflow.trace(span_type=SpanType.AGENT, name="Desk")
def desk(question):
    try:
        kept = {"mlflow.trace.session": "chat-7", "mlflow.trace.user": "u-1"}
        mlflow.update_current_trace(tags={"room": "a"}, metadata=kept)
    except TypeError:
        # Before version 3 a trace has tags alone.
        mlflow.update_current_trace(tags={"room": "a"})
    ask([{"role": "user", "content": question}])
    look_up("Köln")
    try:
        look_up("nowhere")
    except ValueError:
        pass
    return "fine"


def written():
    desk("How is it?")
    if hasattr(mlflow, "get_last_active_trace_id"):
        if hasattr(mlflow, "flush_trace_async_logging"):
            mlflow.flush_trace_async_logging()
        return mlflow.get_trace(mlflow.get_last_active_trace_id())
    return mlflow.get_last_active_trace()


traces = [written(), written()]
(directory / "trace.json").write_text(traces[0].to_json(), encoding="utf-8")
(directory / "traces.jsonl").write_text("".join(t.to_json() + "\n" for t in traces), encoding="utf-8")
