/** A gate over a real store and real staging files, with plugins that are functions of the test. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../../core/model/json.ts';
import type { HookName } from '../../../../core/plugin-api/hooks.ts';
import type { RecordRedactor } from '../../../../core/redact/record-redactor.ts';
import type { AuditEntry } from '../../../../electron/host/intake/audit-trail.ts';
import {
  NO_RULES,
  type AskedPlugin,
  type IntakeRules,
} from '../../../../electron/host/intake/intake-rules.ts';
import { PolicyGate, type GateLimits } from '../../../../electron/host/intake/policy-gate.ts';
import { StagingLog } from '../../../../electron/host/intake/staging-log.ts';
import { NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

export const READS = ['structure', 'timing', 'usage', 'metadata', 'names', 'errors', 'content'] as const;

export interface FakePlugin extends AskedPlugin {
  /** What it was asked, in order. */
  readonly asked: Json[];
}

/** A plugin that answers with what the function makes of its input, or throws what it throws. */
export function fakePlugin(id: string, answer: (input: JsonObject, hook: HookName) => unknown): FakePlugin {
  const asked: Json[] = [];
  return {
    id,
    version: '1.0.0',
    manifest: { reads: [...READS] },
    asked,
    call: async (hook, text) => {
      const input = JSON.parse(text) as Json;
      asked.push(input);
      return JSON.stringify(await answer(input as JsonObject, hook));
    },
  };
}

/** A host's redactor that knows one word. */
export function wordRedactor(word: string): RecordRedactor {
  const holds = (line: string): boolean => line.includes(word) || line.includes('\\u');
  return {
    mayChange: holds,
    mayChangeBytes: (bytes, start, end) => holds(Buffer.from(bytes.subarray(start, end)).toString('utf8')),
    redact: (value) => {
      let count = 0;
      const clean = (text: string): string => {
        count += text.split(word).length - 1;
        return text.replaceAll(word, '[word]');
      };
      const walk = (json: Json): Json => {
        if (typeof json === 'string') return clean(json);
        if (Array.isArray(json)) return json.map((item: Json) => walk(item));
        if (!isJsonObject(json)) return json;
        return Object.fromEntries(Object.entries(json).map(([key, item]) => [clean(key), walk(item)]));
      };
      const walked = walk(value);
      return { value: walked, counts: { secret: count }, withheld: 0, places: [], changed: count > 0 };
    },
  };
}

export interface GateFixture extends StoreFixture {
  readonly gate: PolicyGate;
  readonly directory: string;
  readonly audit: AuditEntry[];
  readonly staging: StagingLog;
  /** Moves the clock and lets what is due be decided. */
  readonly pass: (us: number) => Promise<void>;
  /** Every byte of the data directory, as one text. */
  readonly bytes: () => Promise<string>;
}

export async function openTestGate(
  rules: Partial<IntakeRules>,
  more: { directory?: string; limits?: Partial<GateLimits>; onAudit?: (entry: AuditEntry) => void } = {},
): Promise<GateFixture> {
  const directory = more.directory ?? (await makeTemporaryDirectory());
  const fixture = await openTestStore(directory);
  const { log, ...left } = await StagingLog.open(join(directory, 'staging'));
  onTestFinished(() => log.close());
  const audit: AuditEntry[] = [];
  let nowUs = NOW_US;
  const gate = new PolicyGate({
    store: fixture.store,
    clock: () => nowUs,
    rules: () => ({ ...NO_RULES, ...rules }),
    audit: {
      append: (entry) => {
        more.onAudit?.(entry);
        audit.push(entry);
        return Promise.resolve();
      },
    },
    staging: log,
    storedHead: (id) => {
      const summary = fixture.store.library.findSummary(id);
      return summary && { metadata: summary.metadata, processor: false };
    },
    onBug: (error) => {
      throw error;
    },
    ...(more.limits && { limits: more.limits }),
  });
  await gate.restore(left);
  const pass = async (us: number): Promise<void> => {
    nowUs += us;
    fixture.advance(us);
    await gate.settle();
  };
  return { ...fixture, gate, directory, audit, staging: log, pass, bytes: () => readAll(directory) };
}

async function readAll(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.join('\n');
}

/** A trace item as an exporter sends it. */
export function makeTrace(id: string, metadata: object = {}, more: object = {}): object {
  return { object: 'trace', id, workflow_name: 'Refund', group_id: null, metadata, ...more };
}
