/** What the command line prints: values on stdout, words on stderr, no text of a trace unescaped. */
import { once } from 'node:events';
import { visible } from '../core/analysis/text-view.ts';

export const ExitCode = { done: 0, partial: 1, usage: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A line for a person, on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Text of several lines from somewhere else, its control characters shown as escapes. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Writes to stdout and waits while its reader is slow. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** The one JSON value of a `--json` call. */
export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value)}\n`);
}

/**
 * `{...before,"key":[item,item ...],...behind}`, item by item, so that a long list needs no second copy in memory;
 * what stands behind is asked for when all items are through.
 */
export async function printJsonList(
  before: object,
  key: string,
  items: Iterable<unknown> | AsyncIterable<unknown>,
  behind: () => object = () => ({}),
): Promise<void> {
  const head = JSON.stringify(before).slice(0, -1);
  let text = `${head}${head === '{' ? '' : ','}${JSON.stringify(key)}:[`;
  let first = true;
  for await (const item of items) {
    text += (first ? '' : ',') + JSON.stringify(item);
    first = false;
    if (text.length < PART_CHARACTERS) continue;
    await print(text);
    text = '';
  }
  const rest = JSON.stringify(behind()).slice(1);
  await print(`${text}]${rest === '}' ? '' : ','}${rest}\n`);
}

const PART_CHARACTERS = 65_536;

/** A table for a terminal: columns as wide as their widest cell, control characters shown as escapes. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(visible));
  const widths: number[] = [];
  for (const row of shown) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return shown
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
