"""A graph of the real LangGraph with a fake chat model, told over OTLP by an instrumentation. Usage: graph_agents.py NAME.

The node `triage` goes to `billing` by a Command; a tool is called there.
"""

import sys
from typing import Annotated, TypedDict

from otlp import provider

spans = provider()
if sys.argv[1] == "openinference":
    from openinference.instrumentation.langchain import LangChainInstrumentor
else:
    from opentelemetry.instrumentation.langchain import LangchainInstrumentor as LangChainInstrumentor
LangChainInstrumentor().instrument(tracer_provider=spans)

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.graph import START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.types import Command


def answer(words, used, made):
    usage = {"input_tokens": used, "output_tokens": made, "total_tokens": used + made}
    return AIMessage(words, usage_metadata=usage, response_metadata={"model_name": "stub-model"})


model = GenericFakeChatModel(messages=iter([answer("To billing.", 40, 4), answer("Paid back.", 90, 6)]))


class State(TypedDict):
    messages: Annotated[list, add_messages]


@tool
def look_up(city: str) -> str:
    """Looks up a bill."""
    return f"A bill of {city}"


def triage(state: State):
    return Command(goto="billing", update={"messages": [model.invoke(state["messages"])]})


def billing(state: State):
    look_up.invoke({"city": "Köln"})
    return {"messages": [model.invoke(state["messages"])]}


graph = StateGraph(State)
graph.add_node("triage", triage, destinations=("billing",))
graph.add_node("billing", billing)
graph.add_edge(START, "triage")
result = graph.compile(name="Desk").invoke({"messages": [("user", "I was charged twice")]}, {"metadata": {"thread_id": "chat-7"}})
assert result["messages"][-1].content == "Paid back."
spans.force_flush()
