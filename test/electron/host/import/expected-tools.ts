/** What the reading of Jaeger's and Zipkin's files must come to, and why that is right. */
import { expect } from 'vitest';
import type { ForeignExpectation } from './foreign-expectation.ts';

export const TOOL_FILES: readonly ForeignExpectation[] = [
  {
    // Five spans of a web shop, each the child of another; Jaeger knows no kinds, so all are custom. The root's
    // process names the service. GET > GET > GET > query is the longest chain: 4.
    file: 'jaeger-json/testTraceNormal.json',
    format: 'jaeger',
    traces: 1,
    spans: 5,
    kinds: { custom: 5 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        id: '4766f1209f70a5e2e55417fc296fd101',
        workflowName: 'GET /api/customer/owners/8/pets/10',
        metadata: { service: 'api-gateway' },
        roots: 1,
        orphans: 0,
        depth: 4,
        errors: 0,
        startedAt: '2020-01-15T06:44:35.083000Z',
        durationMs: 4.902,
        sources: ['jaeger'],
      });
    },
  },
  {
    file: 'jaeger-json/traceWithOverlappingChildren.json',
    format: 'jaeger',
    traces: 1,
    spans: 3,
    kinds: { custom: 3 },
    check: ({ summaries: [trace] }) => {
      // From the root's start (..189) to the end of the child that outlives it (..192 + 40).
      expect(trace).toMatchObject({ roots: 1, orphans: 0, depth: 2, durationMs: 0.043 });
    },
  },
  {
    // Times near 1970 are times: the root starts 100 microseconds after, the child ends at 500.
    file: 'jaeger-json/traceWithSingleChildLongerThanParentAndStartsAfterParent.json',
    format: 'jaeger',
    traces: 1,
    spans: 2,
    kinds: { custom: 2 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        roots: 1,
        depth: 2,
        startedAt: '1970-01-01T00:00:00.000100Z',
        durationMs: 0.4,
      });
    },
  },
  {
    file: 'zipkin-v2/messaging.json',
    format: 'zipkin',
    traces: 1,
    spans: 4,
    kinds: { custom: 4 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({
        workflowName: 'get /',
        roots: 1,
        orphans: 0,
        depth: 4,
        sources: ['zipkin'],
      });
    },
  },
  {
    // Three ids, four spans: the two halves of the call have one id. The server's is below the client's, and what
    // the server's service did is below the server's: get > post > post.s > async.
    file: 'zipkin-v2/skew.json',
    format: 'zipkin',
    traces: 1,
    spans: 4,
    kinds: { custom: 4 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ roots: 1, orphans: 0, depth: 4 });
    },
  },
  {
    // Thirteen ids, three of them with both halves: sixteen spans. The root is a server's half too, but its client
    // reported nothing, so it keeps its id. routing > post > post.s > get > get.s is the longest chain.
    file: 'zipkin-v2/yelp.json',
    format: 'zipkin',
    traces: 1,
    spans: 16,
    kinds: { custom: 16 },
    check: ({ summaries: [trace] }) => {
      expect(trace).toMatchObject({ metadata: { service: 'routing' }, roots: 1, orphans: 0, depth: 5 });
    },
  },
];
