#!/usr/bin/env node
/** The command line: the host without a desktop shell. Exit 0: done; 1: in part, or findings; 2: called wrongly. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SANITISE_RULES } from '../core/sanitise/rules.ts';
import { EXPORT_TARGETS } from '../core/writers/registry.ts';
import { VERSION } from '../electron/host/version.ts';
import { analyze, ANALYZE_FORMATS, type AnalyzeOptions } from './commands/analyze.ts';
import { convert, type ConvertOptions } from './commands/convert.ts';
import { deleteTraces, type DeleteOptions } from './commands/delete.ts';
import { exportTraces, type ExportOptions } from './commands/export.ts';
import { importFiles, type ImportOptions } from './commands/import.ts';
import { list, type ListOptions } from './commands/list.ts';
import { search, type SearchOptions } from './commands/search.ts';
import { serve, type ServeOptions } from './commands/serve.ts';
import { show, type ShowOptions } from './commands/show.ts';
import { readModelChange, readShare, whatIf, type WhatIfOptions } from './commands/what-if.ts';
import { ExitCode, say } from './output.ts';
import { explainFailure } from './failure.ts';
import { addAudit } from './audit-commands.ts';
import { addPlugin } from './plugin-commands.ts';
import { readFailRule } from './fail-rule.ts';
import { QUERY_HELP } from './query-option.ts';
import { readAge, readSize } from './read-amount.ts';

const DATA_HELP = 'data directory (default: TRACEBENCH_DATA, else the place of the platform)';
const JSON_HELP = 'print one JSON value on stdout and nothing else';
const REPORT_HELP = 'write what became of each file to this file, as JSON';

/** Runs one command and returns how the process is to exit. */
async function run(words: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = ExitCode.done;
  const program = makeProgram((code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    // Commander has said on its own what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    return explainFailure(error);
  }
}

/** Told how the process is to exit. */
type End = (code: ExitCode) => void;

function makeProgram(end: End): Command {
  const program = new Command('tracebench')
    .description('A local workbench for the traces of AI agents.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError();
  addServe(program, end);
  addImport(program, end);
  addList(program, end);
  addSearch(program, end);
  addShow(program, end);
  addExport(program, end);
  addConvert(program, end);
  addDelete(program, end);
  addAnalyze(program, end);
  addWhatIf(program, end);
  addAudit(program, { data: DATA_HELP, json: JSON_HELP }, end);
  addPlugin(program, { data: DATA_HELP, json: JSON_HELP }, end);
  for (const command of program.commands) command.exitOverride().showHelpAfterError();
  return program;
}

function addServe(program: Command, end: End): void {
  program
    .command('serve')
    .description('start the workbench and open its page in the browser')
    .option('--ingest-port <n>', 'port of the door for tracing SDKs (default: 4318; 0: any free)', readPort)
    .option('--port <n>', 'port of the page (default: 4320; 0: any free)', readPort)
    .option('--data <dir>', DATA_HELP)
    .option('--no-open', 'do not open the browser')
    .option('--json', JSON_HELP)
    .action(async (options: ServeOptions) => {
      end(await serve(options));
    });
}

function addImport(program: Command, end: End): void {
  program
    .command('import')
    .description('import trace files into the library')
    .argument('<file...>')
    .option('--data <dir>', DATA_HELP)
    .option('--bring-back', 'take records of deleted traces, too, that were to stay away')
    .option('--report <file>', REPORT_HELP)
    .option('--json', JSON_HELP)
    .action(async (files: readonly string[], options: ImportOptions) => {
      end(await importFiles(files, options));
    });
}

function addList(program: Command, end: End): void {
  program
    .command('list')
    .description('list traces, the newest first')
    .option('--data <dir>', DATA_HELP)
    .option('--query <query>', QUERY_HELP)
    .option('--limit <n>', 'at most so many', readCount)
    .option('--dropped', 'list what sampling let go instead: when, how many spans, by whom and why')
    .option('--json', JSON_HELP)
    .action(async (options: ListOptions) => {
      end(await list(options));
    });
}

function addSearch(program: Command, end: End): void {
  program
    .command('search')
    .description('look for words in inputs, outputs, tool arguments and results')
    .argument('<word...>', 'words that all stand in one span; quote those that stand together')
    .option('--data <dir>', DATA_HELP)
    .option('--query <query>', `only in ${QUERY_HELP}`)
    .option('--limit <n>', 'at most so many spans', readCount)
    .option('--json', JSON_HELP)
    .action(async (words: readonly string[], options: SearchOptions) => {
      end(await search(words, options));
    });
}

function addShow(program: Command, end: End): void {
  program
    .command('show')
    .description('show one trace with its spans')
    .argument('<trace>', 'id of the trace')
    .option('--data <dir>', DATA_HELP)
    .option('--text', 'print the trace as indented text (the default)')
    .option('--json', JSON_HELP)
    .action(async (traceId: string, options: ShowOptions) => {
      end(await show(traceId, options));
    });
}

function addExport(program: Command, end: End): void {
  addTarget(program.command('export'), 'openai-agents')
    .description('write traces to a file: as they were received, or in another format')
    .argument('[trace...]', 'ids of traces')
    .option('--all', 'all traces of the library')
    .option('--query <query>', QUERY_HELP)
    .option('--workflow <name>', 'those of a workflow')
    .option('--group <id>', 'those of a group')
    .option('--status <status>', 'those that are in_progress, completed or failed')
    .option('--since <time>', 'those that started at or after, such as 2026-06-01')
    .option('--until <time>', 'those that started before')
    .option('--preview', 'write nothing; print what would leave as JSON')
    .option('--data <dir>', DATA_HELP)
    .action(async (traceIds: readonly string[], options: ExportOptions) => {
      end(await exportTraces(traceIds, options));
    });
}

function addConvert(program: Command, end: End): void {
  addTarget(program.command('convert'))
    .description('read trace files of any format and write them in another, without a library')
    .argument('<file...>')
    .action(async (files: readonly string[], options: ConvertOptions) => {
      end(await convert(files, options));
    });
}

/** Options of everything that writes traces. */
function addTarget(command: Command, usual?: string): Command {
  const to = new Option('--to <format>', 'what to write').choices(EXPORT_TARGETS.map(({ name }) => name));
  const withhold = new Option('--withhold <what...>', 'what is not to leave').choices([...SANITISE_RULES]);
  return command
    .addOption(usual === undefined ? to.makeOptionMandatory() : to.default(usual))
    .addOption(withhold)
    .option('-o, --out <file>', 'write to a new file (default: stdout)');
}

function addDelete(program: Command, end: End): void {
  program
    .command('delete')
    .description('delete traces from the library')
    .argument('[trace...]', 'ids of traces')
    .option('--query <query>', QUERY_HELP)
    .option('--older-than <age>', 'all whose last record came longer ago than this, such as 30d', readAge)
    .option(
      '--down-to <size>',
      'the oldest, until the journal takes no more than this, such as 2GB',
      readSize,
    )
    .option('--dry-run', 'say what would go, and change nothing')
    .option('--keep-away', 'keep them away when they are imported or sent again')
    .option('--data <dir>', DATA_HELP)
    .option('--json', JSON_HELP)
    .action(async (traceIds: readonly string[], options: DeleteOptions) => {
      end(await deleteTraces(traceIds, options));
    });
}

function addAnalyze(program: Command, end: End): void {
  program
    .command('analyze')
    .description(
      'print what traces come to: those of files, without keeping them, or, where none is named, of the library',
    )
    .argument('[file...]')
    .option('--query <query>', `only ${QUERY_HELP}`)
    .option(
      '--plugin <id-or-folder...>',
      'run a plugin: a built-in or installed one by its id, or one in a folder',
    )
    .option('--data <dir>', `${DATA_HELP}; with files it is where plugins are installed`)
    .option('--settings <file>', 'settings of the plugins: JSON, one object for each id')
    .option(
      '--fail-on <rule>',
      'exit 1 where a finding is as grave: info, warning, error, or such as local.hello:error',
      readFailRule,
    )
    .addOption(new Option('--format <format>', 'what to print').choices([...ANALYZE_FORMATS]))
    .option('--report <file>', REPORT_HELP)
    .option('--json', JSON_HELP)
    .action(async (files: readonly string[], options: AnalyzeOptions) => {
      end(await analyze(files, options));
    });
}

function addWhatIf(program: Command, end: End): void {
  program
    .command('what-if')
    .description(
      'say what traces would cost under other models, or another share of the cache: of files, or of the library',
    )
    .argument('[file...]')
    .option(
      '--model <change>',
      'gpt-5=gpt-5-mini, or gpt-5-mini for all; may be given again',
      readModelChange,
    )
    .option('--cache-hit <share>', 'so much of the input had come from a cache, such as 80%', readShare)
    .option('--query <query>', `only ${QUERY_HELP}`)
    .option('--data <dir>', DATA_HELP)
    .option('--json', JSON_HELP)
    .action(async (files: readonly string[], options: WhatIfOptions) => {
      end(await whatIf(files, options));
    });
}

function readPort(text: string): number {
  const port = readCount(text);
  if (port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

process.stdout.on('error', (error: Error & { code?: string }) => {
  // Whoever read our output has read enough (`| head`).
  if (error.code !== 'EPIPE') say(error.message);
  process.exit(ExitCode.done);
});
process.exitCode = await run(process.argv.slice(2));
