/** docs/query.md, made of the table of fields that the parser reads. `npm run query-docs` writes it, a test holds it to this. */
import { QUERY_FIELDS, type FieldType, type QueryField } from '../../../core/query/query-fields.ts';
import { QUERY_RULES } from '../../../core/query/query-rules.ts';

const TYPE_SAYS: Readonly<Record<FieldType, string>> = {
  text: 'text',
  word: 'one word of a few',
  truth: 'true or false',
  count: 'number: `10`, `10k`, `1.5M`',
  duration: 'time with its unit: `500ms`, `5s`, `1m30s`, `2h`',
  money: 'US dollars: `$0.02`, `0.02`, `2c`',
  time: '`today`, `yesterday`, `7d`, `2026-11-20`, `2026-11-20T14:00`',
  handoff: '`from->to`',
  metadata: 'text; a number where it is compared',
};

const ANSWER_SAYS = {
  columns: 'the list, at once',
  costs: 'the list, once the host has told it the costs',
  summary: 'the host',
  spans: 'the host, span by span',
} as const;

export function writeQueryPage(): string {
  const fields: readonly QueryField[] = QUERY_FIELDS;
  const ofTraces = fields.filter(({ trace }) => trace !== undefined);
  const ofSpans = fields.filter(({ span }) => span === true);
  return `# Queries

One language finds traces everywhere: in the search field (Ctrl K), where facets, the histogram and clicked values write it; in \`list\`, \`export\`, \`delete\` and \`analyze\` as \`--query\`; and wherever a page or a plugin takes a query. What is wrong with one is pointed at, character by character.

\`\`\`
tracebench list --query 'agent:Billing duration>5s not status:completed'
\`\`\`

This page is made of the table that the parser reads (\`npm run query-docs\`).

## How conditions are put together

${table(
  ['Example', 'What it says'],
  QUERY_RULES.map(({ example, says }) => [code(example), says]),
)}

Not binds tighter than and, and tighter than or. A value that is not known is neither more nor less than anything: \`not tokens>10k\` finds traces whose tokens are unknown, too; \`tokens<=10k\` does not.

## Fields of traces

${table(
  ['Field', 'Holds', 'What it is', 'Example', 'Answered by'],
  ofTraces.map((field) => [
    names(field),
    holds(field),
    field.says,
    code(field.example),
    field.trace === undefined ? '' : ANSWER_SAYS[field.trace],
  ]),
)}

## Fields of spans

They stand in \`span(…)\`: one span must be all of what is asked there.

${table(
  ['Field', 'Holds', 'What it is'],
  ofSpans.map((field) => [names(field), holds(field), field.says]),
)}
`;
}

function names({ name, aliases = [], type }: QueryField): string {
  const shown = type === 'metadata' ? 'metadata.*key*' : code(name);
  return [shown, ...aliases.map(code)].join(', ');
}

function holds({ type, words }: QueryField): string {
  return words === undefined ? TYPE_SAYS[type] : words.map(code).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
