"""One run of the real Pydantic AI with a model made of a function, told over OTLP: an agent, a tool, two calls."""

from otlp import provider
from pydantic_ai import Agent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.usage import RequestUsage

spans = provider()
Agent.instrument_all()


def answer(messages, info):
    first = len(messages) == 1
    part = ToolCallPart("look_up", {"city": "Köln"}) if first else TextPart("Paid back.")
    usage = RequestUsage(input_tokens=40 if first else 60, output_tokens=4 if first else 6)
    return ModelResponse(parts=[part], usage=usage, model_name="stub-model")


desk = Agent(FunctionModel(answer, model_name="stub-model"), name="Desk", instructions="Be kind.")


@desk.tool_plain
def look_up(city: str) -> str:
    return f"A bill of {city}"


assert desk.run_sync("I was charged twice").output == "Paid back."
spans.force_flush()
