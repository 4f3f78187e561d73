/** `search`: the spans that hold some words in what was said, asked, answered or called. */
import { visible } from '../../core/analysis/text-view.ts';
import type { SearchDone, SearchHit } from '../../core/rpc/search.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import type { TraceSource } from '../../electron/host/client/trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, print, printJsonList, say } from '../output.ts';
import { readQueryOption } from '../query-option.ts';

export interface SearchOptions {
  readonly data?: string;
  readonly query?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

export async function search(given: readonly string[], options: SearchOptions): Promise<ExitCode> {
  const words = given.map(asPiece).join(' ').trim();
  if (words.replaceAll('"', '').trim() === '') {
    say('Say which words to look for.');
    return ExitCode.usage;
  }
  if (options.query !== undefined && readQueryOption(options.query) === undefined) return ExitCode.usage;
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    for (const notice of source.notices) say(notice);
    const { hits, done } = await findHits(source, { words, query: options.query ?? '' }, options);
    const { bytesRead, bytesTotal, spans, traces, capped, tookMs } = done;
    if (options.json === true)
      await printJsonList({ bytesRead, bytesTotal, spans, traces, capped, tookMs }, 'hits', hits);
    else if (hits.length === 0) say('Nothing holds these words.');
    if (capped) say(`There may be more: the search ended with ${String(spans)} spans.`);
  } finally {
    await source.close();
  }
  return ExitCode.done;
}

/** Told at once where a person reads, the newest part of the library first. */
async function findHits(
  source: TraceSource,
  wish: { readonly words: string; readonly query: string },
  { limit = Infinity, json = false }: SearchOptions,
): Promise<{ readonly hits: readonly SearchHit[]; readonly done: SearchDone }> {
  const hits: SearchHit[] = [];
  const done = await source.search(wish, (found) => {
    const taken = found.slice(0, Math.max(0, limit - hits.length));
    hits.push(...taken);
    if (!json) void print(taken.map(describe).join(''));
  });
  return { hits, done };
}

/** What the shell kept together stays together. */
function asPiece(word: string): string {
  return /\s/.test(word) && !word.includes('"') ? `"${word}"` : word;
}

function describe({ traceId, spanId, workflowName, kind, name, texts }: SearchHit): string {
  const lines = texts.map(({ path, before, match, after }) => {
    const text = `${before}${match}${after}`.replace(/\s+/g, ' ');
    return `  ${visible(path)}: ${visible(text)}\n`;
  });
  return `${visible(`${traceId} ${spanId} ${workflowName} · ${kind} ${name}`)}\n${lines.join('')}`;
}
