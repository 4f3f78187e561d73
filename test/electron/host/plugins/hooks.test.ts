import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../core/model/json.ts';
import { HOOKS, type HookName } from '../../../../core/plugin-api/hooks.ts';
import { Guest } from '../../../../electron/host/plugins/guest.ts';
import type { GuestAnswer, GuestSource } from '../../../../electron/host/plugins/thread-words.ts';
import { hookSource, sourceOf } from './guest-source.ts';

async function open(source: GuestSource): Promise<Guest> {
  const guest = await Guest.open(32, () => performance.now());
  const loaded = guest.load(source, 1000);
  if (loaded.kind !== 'value') throw new Error(loaded.kind === 'fault' ? loaded.fault : 'It waits.');
  return guest;
}

const call = (guest: Guest, hook: HookName, input: Json, settings: Json = {}): GuestAnswer =>
  guest.call(JSON.stringify({ hook, input, settings }), 1000);

async function answerOf(
  hook: HookName,
  code: string,
  input: Json,
  options: { imports?: string; settings?: Json } = {},
): Promise<unknown> {
  const guest = await open(hookSource(code, options.imports));
  const answer = call(guest, hook, input, options.settings);
  return answer.kind === 'value' ? JSON.parse(answer.json) : answer;
}

describe('hooks in the guest', () => {
  it('are told when the plugin is loaded, whatever their number', async () => {
    const guest = await Guest.open(32, () => performance.now());
    const code = HOOKS.map((hook) => `${hook}() { return null; }`).join(',');
    const loaded = guest.load(hookSource(code), 1000);
    expect(loaded.kind === 'value' && JSON.parse(loaded.json)).toEqual({ analyses: [], hooks: HOOKS });
  });

  it.each([
    ['is no hook', 'exports.default = { onSpanStop() {} };'],
    ['is to be a function', 'exports.default = { access: 4 };'],
    ['neither a hook nor an analysis', 'exports.default = {};'],
    ['export what definePlugin gives', 'exports.other = {};'],
  ])('of another shape are refused: %s', async (words, code) => {
    const guest = await Guest.open(32, () => performance.now());
    expect(guest.load(sourceOf(code), 1000)).toMatchObject({
      kind: 'fault',
      fault: expect.stringContaining(words) as string,
    });
  });

  it('decide with the words of the API, and with settings', async () => {
    const code = `access: (trace, { settings }) => trace.id === settings.id ? allow() : deny('not listed'),`;
    const imports = { imports: 'allow, deny' };
    expect(await answerOf('access', code, { id: 'a' }, { ...imports, settings: { id: 'a' } })).toEqual({
      decision: 'allow',
      reason: 'allowed',
    });
    expect(await answerOf('access', code, { id: 'b' }, { ...imports, settings: { id: 'a' } })).toEqual({
      decision: 'deny',
      reason: 'not listed',
    });
  });

  it('see of a head what they may read, and are faulted for the rest', async () => {
    const guest = await open(hookSource('access: (trace) => trace.userId'));
    expect(call(guest, 'access', { id: 'a' })).toMatchObject({
      fault: expect.stringContaining('local.test read trace.userId') as string,
    });
  });

  it('redact one record after the other', async () => {
    const code = `redact: (record) => mapTexts(record, (text) => text.replace('ada', '***'))`;
    const records = [
      { object: 'trace', id: 'ada', metadata: { 'by ada': 'ada', id: 'ada' } },
      {
        object: 'trace.span',
        id: 's',
        span_data: { type: 'ada', input: [{ content: 'of ada' }] },
        error: null,
      },
    ];
    expect(await answerOf('redact', code, records, { imports: 'mapTexts' })).toEqual([
      { object: 'trace', id: 'ada', metadata: { 'by ***': '***', id: '***' } },
      {
        object: 'trace.span',
        id: 's',
        span_data: { type: 'ada', input: [{ content: 'of ***' }] },
        error: null,
      },
    ]);
  });

  it('see the spans of a trace one after the other, and gather what is said of them', async () => {
    const code = `onSpanEnd: (span, { traceId }) => span.durationMs > 5 ? [{ kind: 'markdown', text: traceId + span.id }] : null`;
    const input = {
      traceId: 't',
      spans: [
        { id: 'a', durationMs: 9 },
        { id: 'b', durationMs: 1 },
      ],
    };
    expect(await answerOf('onSpanEnd', code, input)).toEqual([{ kind: 'markdown', text: 'ta' }]);
  });

  it('enrich the spans that they have something to say of', async () => {
    const code = `enrich: (span, { trace }) => span.id === 'a' ? { 'test.of': trace.id } : undefined`;
    const input = { id: 't', spans: [{ id: 'a' }, { id: 'b' }] };
    expect(await answerOf('enrich', code, input)).toEqual([['a', { 'test.of': 't' }]]);
  });

  it('may be async', async () => {
    const code = `async redact(record) { await null; return { ...record, seen: true }; }, async forceFlush() { await 1; return 4; }`;
    expect(await answerOf('redact', code, [{ a: 1 }, { b: 2 }])).toEqual([
      { a: 1, seen: true },
      { b: 2, seen: true },
    ]);
    expect(await answerOf('forceFlush', code, null)).toBeNull();
  });
});

describe('requests of the guest', () => {
  const code = `async processTrace(trace) {
    const [a, b] = await Promise.all([request('https://a.example/', { method: 'POST', body: trace.id }), request('https://b.example/').catch((e) => e.message)]);
    return { kind: 'markdown', text: a.status + a.text + a.json().n + ' ' + b };
  }`;

  it('wait for the host, who answers or refuses each of them', async () => {
    const guest = await open(hookSource(code, 'request'));
    const waiting = call(guest, 'processTrace', { id: 't', spans: [] });
    expect(waiting.kind === 'waiting' && JSON.parse(waiting.json)).toEqual([
      { id: 1, url: 'https://a.example/', method: 'POST', headers: {}, body: 't' },
      { id: 2, url: 'https://b.example/', method: 'GET', headers: {} },
    ]);
    const responses = [
      { id: 1, status: 200, contentType: 'application/json', text: '{"n":4}' },
      { id: 2, refused: 'not named' },
    ];
    const answer = guest.settle(JSON.stringify(responses), 1000);
    expect(answer.kind === 'value' && JSON.parse(answer.json)).toEqual({
      kind: 'markdown',
      text: '200{"n":4}4 not named',
    });
  });

  it('have no answer in the next call', async () => {
    const guest = await open(hookSource(code, 'request'));
    expect(call(guest, 'processTrace', { id: 't', spans: [] }).kind).toBe('waiting');
    expect(call(guest, 'processTrace', { id: 'u', spans: [] }).kind).toBe('waiting');
    const late = guest.settle('[{"id":1,"status":200,"contentType":"","text":"late"}]', 1000);
    expect(late.kind).toBe('fault');
  });
});
