/** The sections of docs/performance.md: what was measured, on which machine, when, how to do it again, and the tables. */
import { cpus, totalmem } from 'node:os';
import type { TraceBenchResult } from './figures.ts';
import { printTraceBench } from './print-trace-bench.ts';

const ONE = `One generated trace of each size (\`test/generate\`), in a browser without a graphics card, where frames are dearer
than on a desktop.

- **Opening** goes from the trace's address, on a page that shows the list, to the frame after the first that the
  painting worker drew; each run has a fresh page. What is painted is the whole trace as it is drawn at that width,
  errors included: of large finished traces the host keeps how they are drawn. "Whole" is when the page has every
  span and is free to answer; until then nothing can be chosen. "After start" is the first opening that a host ever
  did. speedscope gets the same spans as names and times (where spans ran side by side, one ends where the next
  begins), in the same browser, in turn: from the choice of a file that its page already holds in memory to the frame
  after its first drawing, which is whole.
- **Pan and zoom** turns the wheel once a frame, deep into the trace and out again. "Empty" is a loop of the same page
  that does nothing, "page" the same loop with the wheel, "painted" the frames of the worker, "draw" the drawing code
  alone; "pointer" is a move of the pointer with all that the page does at once about it. "Hit" is the search for the
  span alone, in Node.
- **Page bytes** are what the page's process holds privately more than before, after collecting garbage: columns, tree
  and rows twice (page and worker), canvases and the other panels included. **Stored bytes** are journal and sidecars,
  payloads included.
- A **running trace** gets spans over HTTP while it is open. "Behind" is the time from the last acknowledged body until
  the page has counted all of them.`;

const MANY = `Many generated traces of each size in all. "Longer" is against the smallest size; from 500,000 spans on there is one
run. The bare pass reads, splits and parses the same file in one thread. The server that drops parses a body and answers
204; the bare append writes 142 kB and has it on the disk. "Redacted" is an import whose every record is looked through for
all that is sensitive and rewritten where something was found, beside the same bare pass. The bare scan reads the files of
the journal in one thread and looks for the same bytes; the search knows small and capital letters and every escape of JSON,
and its threads are started anew each time. Its words are nowhere, so that all is read; "first hit" is of words that are in
most traces.`;

export interface Section {
  readonly title: string;
  readonly body: string;
}

/** Of what was measured: what was not keeps its section as it is. */
export function describeRun(result: TraceBenchResult): readonly Section[] {
  const { singles, live, bundles } = result;
  return [
    ...(singles.length + live.length === 0
      ? []
      : [{ title: 'One trace', body: describe(ONE, { ...result, bundles: [] }) }]),
    ...(bundles.length === 0
      ? []
      : [{ title: 'Many traces', body: describe(MANY, { ...result, singles: [], live: [] }) }]),
  ];
}

function describe(what: string, result: TraceBenchResult): string {
  const [cpu] = cpus();
  const machine = `${String(result.cores)} × ${cpu?.model.trim() ?? 'unknown processor'}`;
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB of memory`;
  const day = new Date().toISOString().slice(0, 10);
  const [before, after] = result.load;
  const runs = result.runs === 1 ? 'one run' : `medians of ${String(result.runs)} runs`;
  return `${what}

${day}, Node ${result.node}, Chromium ${result.browser}, ${machine}, ${memory}, ${runs}. Again:
\`npm run bench:trace -- --runs ${String(result.runs)} --write\`. Load of the machine over a minute, before and after: ${before.toFixed(1)} and
${after.toFixed(1)}; more than it has cores means that others worked beside the bench: then read ratios, and those of one run with care.

\`\`\`
${printTraceBench(result).trimEnd()}
\`\`\``;
}
