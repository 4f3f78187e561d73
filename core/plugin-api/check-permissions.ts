/** What plugin.json asks to write and to reach, judged: every origin by itself, and nothing that leads back to this machine. */
import { isJsonList, isJsonObject, type Json } from '../model/json.ts';
import { WRITES } from './manifest.ts';

const NAMESPACE = /^attributes:[a-z][a-z0-9-]{0,39}$/;
const MOST_ORIGINS = 20;

export function findWriteFaults(value: Json): string[] {
  const there = `${WRITES.join(', ')} and "attributes:" with a namespace`;
  if (!isJsonList(value)) return [`"writes" is to be a list of ${there}.`];
  const faults = value
    .filter((each) => typeof each !== 'string' || !(isWrite(each) || NAMESPACE.test(each)))
    .map((each) => `"writes" asks for ${JSON.stringify(each)}, which is not to be had; there is ${there}.`);
  return new Set(value).size < value.length ? [...faults, '"writes" names something twice.'] : faults;
}

export function findNetworkFaults(value: Json): string[] {
  if (!isJsonObject(value)) return ['"network" is to be an object with "allow" and "reason".'];
  const unknown = Object.keys(value).filter((name) => name !== 'allow' && name !== 'reason');
  const faults = unknown.map((name) => `"network.${name}" is unknown to this version of Tracebench.`);
  const { allow, reason } = value;
  if (typeof reason !== 'string' || !/^.{1,200}$/u.test(reason)) {
    faults.push('"network.reason" is to say in 1 to 200 characters what the network is needed for.');
  }
  if (!isJsonList(allow) || allow.length === 0 || allow.length > MOST_ORIGINS) {
    return [...faults, `"network.allow" is to be a list of 1 to ${MOST_ORIGINS} origins.`];
  }
  return [...faults, ...allow.flatMap(findOriginFaults)];
}

/** The namespaces in which enrich may write. */
export function namespacesOf(writes: readonly string[]): readonly string[] {
  return writes.filter((each) => each.startsWith('attributes:')).map((each) => each.slice(11));
}

function isWrite(word: string): boolean {
  return (WRITES as readonly string[]).includes(word);
}

function findOriginFaults(origin: Json): string[] {
  const shown = JSON.stringify(origin);
  if (typeof origin !== 'string' || !/^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(origin)) {
    return [`"network.allow" has ${shown}, which is no origin such as "https://api.example.org".`];
  }
  return isLocalName(origin.slice(8).replace(/:\d+$/, ''))
    ? [`"network.allow" has ${shown}, which leads to this machine or its own network.`]
    : [];
}

/** Names that never leave the house; what a name leads to is looked at again when it is asked. */
export function isLocalName(name: string): boolean {
  return (
    /^[\d.]+$/.test(name) || !name.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name)
  );
}
