/** What a page may ask over many traces, read from what it sent. */
import { computeCorpusFlame } from '../../../core/analysis/corpus/corpus-flame.ts';
import { computeCorpusGroup, computeCorpusGroups } from '../../../core/analysis/corpus/corpus-groups.ts';
import { computeCorpusInsights } from '../../../core/analysis/corpus/corpus-insights.ts';
import { computeCorpusLoops } from '../../../core/analysis/corpus/corpus-loops.ts';
import { computeCorpusMap } from '../../../core/analysis/corpus/corpus-map.ts';
import { computeMapDetail } from '../../../core/analysis/corpus/map-detail.ts';
import { isJsonObject, ownAt, type Json } from '../../../core/model/json.ts';
import { RpcError, type Connection, type RequestListeners } from '../../../core/rpc/connection.ts';
import {
  FLAME_WEIGHTS,
  GROUP_KINDS,
  type CorpusParams,
  type CorpusRequests,
  type CorpusScope,
  type MapPart,
} from '../../../core/rpc/corpus.ts';
import { BadQueryError, CancelledError, type AskCorpus, type CorpusDesk } from '../corpus/corpus-desk.ts';
import { TooManySpansError } from '../corpus/fact-keeper.ts';
import { readString } from './read-params.ts';

export type CorpusAnswers = Pick<RequestListeners, keyof CorpusRequests>;

/** `connection` is told how far a question is; one whose page has gone is stopped. */
export function answerCorpus(desk: CorpusDesk, connection: () => Connection): CorpusAnswers {
  const ask = <Result extends { readonly scope: CorpusScope }>(
    params: Json,
    make: AskCorpus<Result>,
  ): Promise<Result> =>
    desk.ask(readParams(params), make, (progress) => {
      if (connection().closed) desk.cancel(progress.runId);
      else if (!connection().isBehind) connection().emit('corpus.progress', progress);
    });
  return {
    'corpus.map': (params) => told(() => ask(params, computeCorpusMap)),
    'corpus.mapDetail': (params) =>
      told(() => {
        const part = readPart(isJsonObject(params) ? ownAt(params, 'part') : undefined);
        return ask(params, (question) => computeMapDetail(question, part));
      }),
    'corpus.loops': (params) =>
      told(() => ask(params, (question, { identify }) => computeCorpusLoops(question, identify))),
    'corpus.insights': (params) => told(() => ask(params, computeCorpusInsights)),
    'corpus.flame': (params) =>
      told(() => {
        const weight = readWord(params, 'weight', FLAME_WEIGHTS);
        return ask(params, (question) => computeCorpusFlame(question, weight));
      }),
    'corpus.groups': (params) =>
      told(() => {
        const by = readWord(params, 'by', GROUP_KINDS);
        return ask(params, (question) => computeCorpusGroups(question, by));
      }),
    'corpus.group': (params) =>
      told(() => {
        const by = readWord(params, 'by', GROUP_KINDS);
        const id = readString(params, 'id');
        return ask(params, (question) => computeCorpusGroup(question, by, id));
      }),
    'corpus.cancel': (params) =>
      told(() => {
        desk.cancel(readString(params, 'runId'));
        return {};
      }),
  };
}

async function told<Result>(work: () => Result | Promise<Result>): Promise<{ readonly result: Result }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof BadQueryError) throw new RpcError('bad-query', error.message);
    if (error instanceof CancelledError) throw new RpcError('cancelled', error.message);
    if (error instanceof TooManySpansError) {
      throw new RpcError('too-many-spans', `${error.message} Ask for fewer traces.`);
    }
    throw error;
  }
}

function readParams(params: Json): CorpusParams {
  return { runId: readString(params, 'runId'), query: readString(params, 'query') };
}

function readWord<Word extends string>(params: Json, key: string, words: readonly Word[]): Word {
  const said = readString(params, key);
  const word = words.find((each) => each === said);
  if (word === undefined) throw new RpcError('bad-params', `${key} must be one of ${words.join(', ')}.`);
  return word;
}

function readPart(value: Json | undefined): MapPart {
  const part = value ?? null;
  const kind = readWord(part, 'kind', ['agent', 'edge', 'tool'] as const);
  switch (kind) {
    case 'agent':
      return { kind, agent: readString(part, 'agent') };
    case 'edge':
      return {
        kind,
        edge: readWord(part, 'edge', ['handoff', 'call'] as const),
        from: readString(part, 'from'),
        to: readString(part, 'to'),
      };
    case 'tool':
      return { kind, agent: readAgent(part), tool: readString(part, 'tool') };
  }
}

/** null: outside of every agent. */
function readAgent(part: Json): string | null {
  return isJsonObject(part) && ownAt(part, 'agent') === null ? null : readString(part, 'agent');
}
