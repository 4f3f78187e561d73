/**
 * The answer to a question about the open trace: of a small trace at once, of a large one when its worker has
 * found it; the page's own thread goes on meanwhile, and the last answer stands until the next one is there.
 */
import {
  answerQuestion,
  type QuestionName,
  type QuestionOf,
  type TraceAnswers,
} from '../charts/flame/trace-answers.ts';
import type { FlameModel } from '../charts/flame/model.ts';
import type { LoadedTrace } from './loaded-trace.ts';

/** So many spans are gone through before anybody notices. */
export const AT_ONCE_SPANS = 20_000;
/** The worker that answers also paints: what a person waits for comes first. */
const PICTURE_FIRST_MS = 80;

export class TraceAnswer<Name extends QuestionName> {
  readonly #ask: () => { readonly trace: LoadedTrace; readonly question: QuestionOf<Name> };
  #told: { readonly traceId: string; readonly answer: TraceAnswers[Name] } | undefined = $state.raw();
  readonly #atOnce: TraceAnswers[Name] | undefined = $derived.by(() => {
    const { trace, question } = this.#ask();
    return isAnsweredAtOnce(trace) && !trace.sketch ? remember(trace, question, answerAtOnce) : undefined;
  });
  /** undefined until the first answer is there. */
  readonly current: TraceAnswers[Name] | undefined = $derived.by(() => {
    if (this.#atOnce !== undefined) return this.#atOnce;
    return this.#told?.traceId === this.#ask().trace.summary.id ? this.#told.answer : undefined;
  });

  /** Made while a component starts: its effect ends with it. */
  constructor(ask: () => { readonly trace: LoadedTrace; readonly question: QuestionOf<Name> }) {
    this.#ask = ask;
    $effect(() => {
      const { trace, question } = ask();
      if (isAnsweredAtOnce(trace) || trace.sketch) return undefined;
      let wanted = true;
      const timer = setTimeout(() => {
        void remember(trace, question, askWorker).then((answer) => {
          if (wanted) this.#told = { traceId: trace.summary.id, answer };
        });
      }, PICTURE_FIRST_MS);
      return () => {
        wanted = false;
        clearTimeout(timer);
      };
    });
  }
}

export function isAnsweredAtOnce({ line, model }: LoadedTrace): boolean {
  return line === undefined || model.count <= AT_ONCE_SPANS;
}

/** What follows from the trace alone is found once for all who show it; the others are asked anew. */
const FOUND = new WeakMap<FlameModel, unknown>();

function remember<Name extends QuestionName, Answer>(
  trace: LoadedTrace,
  question: QuestionOf<Name>,
  find: (trace: LoadedTrace, question: QuestionOf<Name>) => Answer,
): Answer {
  if (question.name !== 'findings') return find(trace, question);
  if (!FOUND.has(trace.model)) FOUND.set(trace.model, find(trace, question));
  return FOUND.get(trace.model) as Answer;
}

function answerAtOnce<Name extends QuestionName>(
  { model }: LoadedTrace,
  question: QuestionOf<Name>,
): TraceAnswers[Name] {
  return answerQuestion<Name>(model, question);
}

/** Where the worker cannot, the page does it after all. */
export async function askWorker<Name extends QuestionName>(
  { line, model }: LoadedTrace,
  question: QuestionOf<Name>,
): Promise<TraceAnswers[Name]> {
  try {
    if (line !== undefined) return await line.read<Name>(question);
  } catch {
    // Below.
  }
  return answerQuestion<Name>(model, question);
}
