/** What the real SDKs posted, in any order and twice, is what `list`, `show`, `analyze` and the page show. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { isJsonObject, objectAt, ownAt, stringAt, type JsonObject } from '../../core/model/json.ts';
import type { TraceSummary } from '../../core/model/trace-summary.ts';
import { Prng } from '../generate/prng.ts';
import { haveFixtures, readFixtures, type Fixture, type Truth } from './fixture-corpus.ts';
import { postBody, runCliJson, startHost, type RunningHost } from './harness.ts';
import { openLibrary } from './page-handles.ts';
import { expectPageTruth, readTracePage } from './page-truth.ts';
import { inBatches, shuffle } from './shuffle.ts';
import { expectTruth, failingTools, tracesOf, type Way } from './truth.ts';

const SEED = 20_260_801;
const fixtures = readFixtures();

test.skip(!haveFixtures, 'the fixtures of the SDKs (../shared/fixtures/agents-sdk) are not on this machine');

test.describe('bodies of the exporter, shuffled and twice', () => {
  let host: RunningHost;

  test.beforeAll(async () => {
    host = await startHost();
    await postEverything(host, '/v1/traces/ingest');
    await postEverything(host, '/traces/ingest/');
  });
  test.afterAll(() => endWithData(host));

  test('list agrees with every run', async () => {
    const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
    expect(traces).toHaveLength(fixtures.flatMap((fixture) => fixture.traceIds).length);
    for (const { truth, way } of cases(wayOfBodies)) expectTruth(truth, traces, way);
  });

  test('show agrees with every run, span by span', async () => {
    for (const { fixture, truth, way } of cases(wayOfBodies)) {
      const shown = await Promise.all(truth.traceIds.map((id) => showTrace(host, id)));
      expectTruth(truth, shown, way);
      expectSpanList(fixture, truth, shown);
    }
  });

  test('analyze agrees with every run, without a host', async () => {
    for (const fixture of fixtures) {
      const traces = tracesOf(await runCliJson(['analyze', ...fixture.bodyPaths]));
      for (const truth of fixture.truths) expectTruth(truth, traces, wayOfBodies(fixture, truth));
    }
  });

  test('the page agrees with every run', async ({ page }) => {
    await openLibrary(page, host);
    for (const { truth, way } of cases(wayOfBodies)) {
      const shown = [];
      for (const traceId of truth.traceIds) shown.push(await readTracePage(page, host, traceId));
      expectPageTruth(truth, shown, way);
    }
  });
});

test.describe('live events of a processor, shuffled and twice', () => {
  let host: RunningHost;

  test.beforeAll(async () => {
    host = await startHost();
    const prng = new Prng(SEED);
    for (let round = 0; round < 2; round++) {
      for (const fixture of shuffle(fixtures, prng)) {
        const lines = shuffle(fixture.events.trimEnd().split('\n'), prng);
        for (const batch of inBatches(lines, 9, prng)) {
          expect(await postBody(host, '/v1/events', `${batch.join('\n')}\n`)).toBe(204);
        }
      }
    }
  });
  test.afterAll(() => endWithData(host));

  test('list agrees with every run, and knows the reasoning tokens', async () => {
    const traces = tracesOf(await runCliJson(['list', '--data', host.data]));
    for (const { truth, way } of cases(wayOfEvents)) expectTruth(truth, traces, way);
  });
});

interface Case {
  readonly fixture: Fixture;
  readonly truth: Truth;
  readonly way: Way;
}

function cases(wayOf: (fixture: Fixture, truth: Truth) => Way): Case[] {
  return fixtures.flatMap((fixture) =>
    fixture.truths.map((truth) => ({ fixture, truth, way: wayOf(fixture, truth) })),
  );
}

function wayOfBodies(_: Fixture, truth: Truth): Way {
  return { reasoningKnown: truth.reasoningOnWire, openSpans: 0 };
}

function wayOfEvents(_: Fixture, { expected }: Truth): Way {
  return { reasoningKnown: true, openSpans: Number(ownAt(expected, 'open_spans_only_in_events') ?? 0) };
}

/** First the bodies as they were, in another order; then their items, mixed over all runs, in small batches. */
async function postEverything(host: RunningHost, path: string): Promise<void> {
  const prng = new Prng(SEED);
  for (const body of shuffle(
    fixtures.flatMap((fixture) => fixture.bodies),
    prng,
  )) {
    expect(await postBody(host, path, body)).toBe(204);
  }
  const items = shuffle(
    fixtures.flatMap((fixture) => fixture.items),
    prng,
  );
  for (const batch of inBatches(items, 9, prng)) {
    expect(await postBody(host, path, JSON.stringify({ data: batch }))).toBe(204);
  }
}

type Shown = TraceSummary & { readonly spanList: readonly JsonObject[] };

async function showTrace(host: RunningHost, id: string): Promise<Shown> {
  const shown = await runCliJson(['show', id, '--data', host.data]);
  if (!isJsonObject(shown) || !Array.isArray(ownAt(shown, 'spanList'))) throw new Error(`no spans of ${id}`);
  return shown as unknown as Shown;
}

/** The list of spans counts what T counts, names the failing tools, and carries each span's own data. */
function expectSpanList(fixture: Fixture, { expected }: Truth, shown: readonly Shown[]): void {
  for (const trace of shown) {
    expect(new Set(trace.spanList.map((span) => ownAt(span, 'id'))).size).toBe(trace.spans);
    const kinds: Record<string, number> = {};
    for (const span of trace.spanList) {
      const kind = stringAt(span, 'kind') ?? '';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    expect(kinds).toEqual(trace.spansByKind);
  }
  const spans = shown.flatMap((trace) => trace.spanList);
  const failing = spans.filter(
    (span) => ownAt(span, 'kind') === 'function' && objectAt(span, 'error') !== undefined,
  );
  if (ownAt(expected, 'failing_tools') !== undefined) {
    expect(failing.map((span) => ownAt(span, 'name'))).toEqual(failingTools(expected));
  }
  const sent = new Map(fixture.items.map((item) => [ownAt(item, 'id'), objectAt(item, 'span_data')]));
  for (const span of spans) expect(ownAt(span, 'data')).toEqual(sent.get(ownAt(span, 'id')));
}

async function endWithData(host: RunningHost): Promise<void> {
  await host.stop();
  await rm(host.data, { recursive: true, force: true });
}
