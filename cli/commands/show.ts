/** `show`: one trace, as indented text or as T with every span. */
import { linkSpans } from '../../core/analysis/span-tree.ts';
import { writeTextView } from '../../core/analysis/text-view.ts';
import { openTraceSource } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { ExitCode, print, printJsonList, say } from '../output.ts';
import { writeNotes } from '../note-list.ts';
import { readSpanList } from '../span-list.ts';
import { openPrices, readTraceCost } from '../trace-cost.ts';

export interface ShowOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly text?: boolean;
}

export async function show(traceId: string, options: ShowOptions): Promise<ExitCode> {
  if (options.json === true && options.text === true) {
    say('Choose one of --json and --text.');
    return ExitCode.usage;
  }
  const directory = findDataDirectory(options.data);
  const source = await openTraceSource(directory, process.env['TRACEBENCH_URL'], systemClock);
  try {
    const trace = await source.findTrace(traceId);
    if (trace === undefined) {
      say('No trace has this id. `list` shows those there are.');
      return ExitCode.partial;
    }
    if (options.json === true) {
      const tree = linkSpans(trace.spans);
      const { cost, usd } = readTraceCost(trace.spans, tree, await openPrices(directory));
      const head = { ...trace.summary, cost, notes: await source.readNotes(traceId) };
      await printJsonList(head, 'spanList', readSpanList(source, traceId, { ...trace, tree, usd }));
    } else {
      await print(writeTextView(trace.summary, trace.spans, linkSpans(trace.spans)));
      await print(writeNotes(await source.readNotes(traceId), trace.spans));
      for (const { message } of trace.diagnostics) say(message);
    }
    return ExitCode.done;
  } finally {
    await source.close();
  }
}
