/** Writes docs/connect.md from the lines that the app's connect page shows. */
import type { ConnectWay } from '../../renderer/panels/connect/connect-snippets.ts';

const HEAD = `# Connect

How a program's traces get into Tracebench. The connect page of the app shows them with the address of the running workbench; the lines here have the usual one. This page is written from the same source (\`renderer/panels/connect/connect-snippets.ts\`); a test holds it to that.

- Our processors send every start and end as it happens, with model, messages and tokens. The SDKs' own exporters send finished spans only, and of the default calls neither model nor text.
- A processor looks for the workbench at the \`url\` it was given, else at \`TRACEBENCH_URL\`, else where \`host.json\` of the data directory (\`TRACEBENCH_DATA\`) says, else at port 4318. It asks with an empty body whether a workbench listens there, before it sends a word. An address with a \`#\` is that of the page, with its token, and is passed over. No proxy is used.
- While no workbench runs, events wait in \`spill/\` of the data directory: files of the user alone (0600), at most 64 MB a program and 256 MB in all; what is oldest is kept, and what is lost is said. The next workbench takes and deletes them. \`spill: false\`, \`spill=False\` or \`TRACEBENCH_SPILL=0\` turns it off.
- \`RunConfig\`'s switch for sensitive data is respected, and \`OPENAI_AGENTS_TRACE_INCLUDE_SENSITIVE_DATA=false\` in both languages.
`;

export function writeConnectPage(ways: readonly ConnectWay[]): string {
  return [HEAD, ...ways.map(writeWay)].join('\n');
}

function writeWay({ label, snippets }: ConnectWay): string {
  const lines = snippets.flatMap(({ title, hint, code, language }) => [
    ...[`### ${title}`, '', `\`\`\`${language}`, code, '```', '', hint, ''],
  ]);
  return [`## ${label}`, '', ...lines].join('\n');
}
