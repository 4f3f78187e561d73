"""One run of the real openai-agents, told over OTLP by an instrumentation. Usage: agents_sdk.py NAME.

Triage passes to Billing, which calls a tool and answers: two agents, three model calls, one handoff, one tool.
The model is a server on loopback, so the SDK's own client and span code run as they are.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "clients" / "python"))

from otlp import provider
from stub_model import StubModel, calls, text


def instrument(name):
    if name == "openinference":
        from openinference.instrumentation.openai_agents import OpenAIAgentsInstrumentor

        spans = provider()
        OpenAIAgentsInstrumentor().instrument(tracer_provider=spans)
        return spans
    if name == "openllmetry":
        from opentelemetry.instrumentation.openai_agents import OpenAIAgentsInstrumentor

        spans = provider()
        OpenAIAgentsInstrumentor().instrument(tracer_provider=spans)
        return spans
    if name == "logfire":
        import logfire

        # It sends to OTEL_EXPORTER_OTLP_ENDPOINT by itself.
        logfire.configure(send_to_logfire=False, console=False, service_name="made")
        logfire.instrument_openai_agents()
        return logfire
    raise SystemExit(f"no instrumentation is called {name}")


SCRIPT = {
    "triage": [calls(("transfer_to_billing", {}), tokens=(40, 4))],
    "billing": [calls(("look_up", {"city": "Köln"}), tokens=(60, 5)), text("Paid back.", (90, 6))],
}


async def run():
    from agents import Agent, OpenAIResponsesModel, Runner, function_tool, trace
    from openai import AsyncOpenAI

    stub = StubModel()
    model = OpenAIResponsesModel("stub-model", AsyncOpenAI(api_key="stub", base_url=stub.url))

    @function_tool
    async def look_up(city: str) -> str:
        return f"A bill of {city}"

    billing = Agent(name="Billing", instructions="[[billing]]", model=model, tools=[look_up])
    triage = Agent(name="Triage", instructions="[[triage]]", model=model, handoffs=[billing])
    stub.follow(SCRIPT)
    with trace("Desk", group_id="chat-7"):
        result = await Runner.run(triage, "I was charged twice")
    assert result.final_output == "Paid back."


spans = instrument(sys.argv[1])
asyncio.run(run())
spans.force_flush()
