/** `what-if`: what traces would cost under another model or another share of the cache, of files or of the library. */
import { InvalidArgumentError } from 'commander';
import { openPriceBook } from '../../core/analysis/cost/open-price-book.ts';
import { traceQuestion } from '../../core/query/match-trace.ts';
import type { ModelChange, WhatIf, WhatIfWish } from '../../core/rpc/costs.ts';
import { openCostSource } from '../../electron/host/client/open-cost-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { foldFiles } from '../../electron/host/import/fold-files.ts';
import { askWhatIf } from '../../electron/host/prices/ask-what-if.ts';
import { readSnapshot } from '../../electron/host/prices/read-prices.ts';
import { makeLocalClock } from '../../electron/host/query/local-clock.ts';
import { readFacts } from '../../electron/host/query/trace-facts.ts';
import { formatReport } from '../file-reports.ts';
import { ExitCode, print, printJson, say } from '../output.ts';
import { writeTerminalRows } from '../plugin-results.ts';
import { readQueryOption } from '../query-option.ts';
import { formatWhatIf } from '../what-if-tables.ts';
import { isWhole } from './import.ts';

export interface WhatIfOptions {
  readonly model?: readonly ModelChange[];
  readonly cacheHit?: number;
  readonly query?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export async function whatIf(paths: readonly string[], options: WhatIfOptions): Promise<ExitCode> {
  const { model = [], cacheHit, query = '', json } = options;
  const wish: WhatIfWish = { models: model, cacheHitRate: cacheHit ?? null };
  if (model.length === 0 && cacheHit === undefined) {
    say('Say what should be otherwise: --model, --cache-hit, or both.');
    return ExitCode.usage;
  }
  if (readQueryOption(query) === undefined) return ExitCode.usage;
  const asked =
    paths.length === 0 ? await askLibrary(query, wish, options) : await askFiles(paths, query, wish);
  if (json === true) await printJson(asked.result);
  else await print(formatWhatIf(asked.result, '', writeTerminalRows));
  return asked.code;
}

interface Asked {
  readonly result: WhatIf;
  readonly code: ExitCode;
}

async function askLibrary(query: string, wish: WhatIfWish, { data }: WhatIfOptions): Promise<Asked> {
  const source = await openCostSource(findDataDirectory(data), process.env['TRACEBENCH_URL'], systemClock);
  try {
    for (const notice of source.notices) say(notice);
    return { result: await source.whatIf(query, wish), code: ExitCode.done };
  } finally {
    await source.close();
  }
}

/** By the build's own prices, so that files come to the same figures anywhere. */
async function askFiles(paths: readonly string[], query: string, wish: WhatIfWish): Promise<Asked> {
  const tree = readQueryOption(query) ?? { kind: 'all' };
  const { summaries, files, openTrace } = await foldFiles(paths, systemClock);
  const book = openPriceBook({ snapshot: readSnapshot(), own: null, ownId: '' });
  const question = traceQuestion(tree, makeLocalClock(systemClock()));
  const chosen = summaries.filter((summary) =>
    question(
      summary,
      readFacts(() => openTrace(summary.id), book),
    ),
  );
  const work = askWhatIf(chosen, ({ id }) => openTrace(id), wish, book);
  let step = work.next();
  while (step.done !== true) step = work.next();
  for (const report of files) say(formatReport(report).trimEnd());
  return { result: step.value, code: files.every(isWhole) ? ExitCode.done : ExitCode.partial };
}

/** `gpt-5=gpt-5-mini`, or `gpt-5-mini` for every call; behind an @ who sells it. Given again, it adds to what was given. */
export function readModelChange(text: string, before: readonly ModelChange[] = []): readonly ModelChange[] {
  const [, from, to = '', provider] = /^(?:([^=]+)=)?([^=@]+)(?:@([^=@]+))?$/.exec(text.trim()) ?? [];
  if (to.trim() === '') {
    throw new InvalidArgumentError(
      'Give a model such as gpt-5-mini, or gpt-5=gpt-5-mini, or gpt-5=gpt-5-mini@azure.',
    );
  }
  return [...before, { from: from?.trim() ?? null, to: to.trim(), provider: provider?.trim() ?? null }];
}

/** `0.8` or `80%`. */
export function readShare(text: string): number {
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?)\s*(%?)$/.exec(text.trim()) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  if (digits === undefined || share > 1) throw new InvalidArgumentError('Give a share such as 0.8 or 80%.');
  return share;
}
