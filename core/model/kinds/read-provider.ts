/** Who sells the model of a call: what the span says, else whose address the client was given. */
import { objectAt, stringAt, type JsonObject } from '../json.ts';

export function readProvider(data: JsonObject): string | undefined {
  const said = stringAt(data, 'provider');
  if (said !== undefined && said !== '') return said;
  const config = objectAt(data, 'model_config');
  const url = config && stringAt(config, 'base_url');
  return url === undefined ? undefined : findHost(url);
}

/** Ends of host names, and who is there; anybody else's address says nothing. */
const HOSTS: readonly (readonly [string, string])[] = [
  ['api.openai.com', 'openai'],
  ['azure.com', 'azure'],
  ['api.anthropic.com', 'anthropic'],
  ['googleapis.com', 'google'],
  ['amazonaws.com', 'aws'],
  ['openrouter.ai', 'openrouter'],
  ['groq.com', 'groq'],
  ['together.xyz', 'together'],
  ['together.ai', 'together'],
  ['fireworks.ai', 'fireworks'],
  ['deepseek.com', 'deepseek'],
  ['mistral.ai', 'mistral'],
  ['api.x.ai', 'x-ai'],
  ['cerebras.ai', 'cerebras'],
  ['perplexity.ai', 'perplexity'],
  ['cohere.com', 'cohere'],
  ['novita.ai', 'novita'],
];

function findHost(url: string): string | undefined {
  const host = /^https?:\/\/([^/:?#\s]+)/i.exec(url)?.[1]?.toLowerCase();
  return host === undefined
    ? undefined
    : HOSTS.find(([end]) => host === end || host.endsWith(`.${end}`))?.[1];
}
