/** `analyze` without files: what the traces of the library come to, by the very figures of the page. */
import { openCorpusSource } from '../../electron/host/client/open-corpus-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { formatCorpus } from '../corpus-tables.ts';
import { ExitCode, print, printJson, say } from '../output.ts';
import { writeMarkdownRows, writeTerminalRows } from '../plugin-results.ts';
import { readQueryOption } from '../query-option.ts';
import type { AnalyzeOptions } from './analyze.ts';

export async function analyzeLibrary(options: AnalyzeOptions): Promise<ExitCode> {
  const { query = '', data, json, format = 'table' } = options;
  if (readQueryOption(query) === undefined || !isForLibrary(options)) return ExitCode.usage;
  const source = await openCorpusSource(findDataDirectory(data), process.env['TRACEBENCH_URL'], systemClock);
  try {
    for (const notice of source.notices) say(notice);
    const corpus = await source.ask(query);
    if (json === true || format === 'json') await printJson({ corpus });
    else if (format === 'markdown') await print(formatCorpus(corpus, '## ', writeMarkdownRows));
    else await print(formatCorpus(corpus, '', writeTerminalRows));
  } finally {
    await source.close();
  }
  return ExitCode.done;
}

/** Says what asks for files. */
function isForLibrary({ data, query, plugin, settings, failOn, report, format }: AnalyzeOptions): boolean {
  if (data === undefined && query === undefined) {
    say('Name the files to analyze; for the library give --data or --query.');
    return false;
  }
  const ofFiles = { plugin, settings, 'fail-on': failOn, report };
  const named = Object.entries(ofFiles).find(([, value]) => value !== undefined);
  if (named !== undefined) say(`--${named[0]} is for files; none is named.`);
  const isFormat = format === undefined || ['table', 'json', 'markdown'].includes(format);
  if (!isFormat) say(`The format ${format} is for files; none is named.`);
  return named === undefined && isFormat;
}
