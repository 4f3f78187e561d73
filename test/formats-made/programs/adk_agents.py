"""One run of the real Google ADK with a stub model, told over OTLP: Triage transfers to Billing, which calls a tool."""

import asyncio

from otlp import provider

spans = provider()

from google.adk.agents import LlmAgent
from google.adk.models import BaseLlm, LlmResponse
from google.adk.runners import InMemoryRunner
from google.genai import types

SCRIPT = {
    "Triage": [("transfer_to_agent", {"agent_name": "Billing"}, 40, 4)],
    "Billing": [("look_up", {"city": "Köln"}, 60, 5), (None, "Paid back.", 90, 6)],
}


class StubModel(BaseLlm):
    agent: str

    async def generate_content_async(self, llm_request, stream=False):
        name, said, used, made = SCRIPT[self.agent].pop(0)
        part = types.Part(text=said) if name is None else types.Part.from_function_call(name=name, args=said)
        usage = types.GenerateContentResponseUsageMetadata(
            prompt_token_count=used, candidates_token_count=made, total_token_count=used + made
        )
        yield LlmResponse(content=types.Content(role="model", parts=[part]), usage_metadata=usage)


def look_up(city: str) -> str:
    """Looks up a bill."""
    return f"A bill of {city}"


billing = LlmAgent(name="Billing", model=StubModel(model="stub-model", agent="Billing"), tools=[look_up])
triage = LlmAgent(name="Triage", model=StubModel(model="stub-model", agent="Triage"), sub_agents=[billing])


async def run():
    runner = InMemoryRunner(agent=triage, app_name="Desk")
    session = await runner.session_service.create_session(app_name="Desk", user_id="u-1")
    asked = types.Content(role="user", parts=[types.Part(text="I was charged twice")])
    async for _ in runner.run_async(user_id="u-1", session_id=session.id, new_message=asked):
        pass


asyncio.run(run())
spans.force_flush()
