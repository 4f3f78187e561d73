/** Traces as indented text, one after the other: for a ticket, a terminal, or a model that is asked about them. */
import { wordsOf } from '../rpc/export-targets.ts';
import { visible, writeTextView } from '../analysis/text-view.ts';
import type { ExportTarget } from './exported-trace.ts';
import { LossTally } from './losses.ts';

export const textTree: ExportTarget = {
  ...wordsOf('text'),
  extension: '.txt',
  contentType: 'text/plain; charset=utf-8',
  readable: false,
  open: () => {
    const losses = new LossTally();
    return {
      losses: losses.counts,
      begin: () => [],
      *trace({ summary, spans, tree, notes }) {
        losses.add('payloads', spans.length);
        yield writeTextView(summary, spans, tree);
        for (const { text, labels } of notes) {
          yield `  note: ${visible([...labels.map((label) => `[${label}]`), text].join(' '))}\n`;
        }
        yield '\n';
      },
      end: () => [],
    };
  },
};
