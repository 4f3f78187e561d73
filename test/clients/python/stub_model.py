"""The model inside the process: a server on loopback that answers OpenAI's Responses calls from a script.

So the SDK's own client, models and span code run as they are, and nothing leaves the machine.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def text(words, tokens=(10, 5)):
    return {"text": words, "calls": [], "tokens": tokens}


def calls(*named, tokens=(10, 5)):
    return {"text": None, "calls": list(named), "tokens": tokens}


class StubModel:
    """What each agent's model says, call by call; the key stands in the agent's instructions as `[[key]]`."""

    def __init__(self):
        self._script = {}
        self._counts = {}
        self._number = 0
        self._lock = threading.Lock()
        model = self

        class Answers(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["content-length"])))
                response = model.answer(request)
                if request.get("stream"):
                    events = "".join(f"event: {e['type']}\ndata: {json.dumps(e)}\n\n" for e in stream_of(response))
                    self._send(events.encode(), "text/event-stream")
                else:
                    self._send(json.dumps(response).encode(), "application/json")

            def _send(self, body, kind):
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}/v1"

    def follow(self, script):
        self._script, self._counts = script, {}

    def answer(self, request):
        key = re.search(r"\[\[(\w+)\]\]", request.get("instructions") or "").group(1)
        with self._lock:
            place = self._counts.get(key, 0)
            self._counts[key] = place + 1
            self._number += 1
            return write_response(self._script[key][place], request["model"], self._number)


def write_response(answer, model, number):
    output = [
        {
            "type": "function_call",
            "id": f"fc_{number}_{i}",
            "call_id": f"call_{number}_{i}",
            "status": "completed",
            "name": name,
            "arguments": json.dumps(arguments),
        }
        for i, (name, arguments) in enumerate(answer["calls"])
    ]
    if answer["text"] is not None:
        content = [{"type": "output_text", "text": answer["text"], "annotations": []}]
        message = {"type": "message", "id": f"msg_{number}", "role": "assistant", "status": "completed"}
        output.insert(0, {**message, "content": content})
    used, made = answer["tokens"]
    return {
        "id": f"resp_{number}",
        "object": "response",
        "created_at": 1767225600,
        "status": "completed",
        "model": model,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "temperature": 1.0,
        "top_p": 1.0,
        "output": output,
        "usage": {
            "input_tokens": used,
            "output_tokens": made,
            "total_tokens": used + made,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }


def stream_of(response):
    begun = {**response, "status": "in_progress", "output": [], "usage": None}
    events = [{"type": "response.created", "response": begun}]
    for index, item in enumerate(response["output"]):
        events.append({"type": "response.output_item.done", "output_index": index, "item": item})
    events.append({"type": "response.completed", "response": response})
    return [{**event, "sequence_number": number} for number, event in enumerate(events)]
