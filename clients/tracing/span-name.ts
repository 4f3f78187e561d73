/** What a person calls a span: its own name, where it hands off to, its model, or its type. */
import type { SpanData } from './define-span-data.ts';

export function deriveSpanName(data: SpanData): string {
  const fields = data as unknown as Readonly<Record<string, unknown>>;
  const text = (field: string): string | undefined => {
    const value = fields[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const handoff = (): string | undefined => {
    const [from, to] = [text('from_agent'), text('to_agent')];
    return to === undefined ? undefined : from === undefined ? `Handoff → ${to}` : `Handoff ${from} → ${to}`;
  };
  const turn = fields['turn'];
  const counted = typeof turn === 'number' ? `Turn ${turn}` : undefined;
  return text('name') ?? handoff() ?? counted ?? text('server') ?? text('model') ?? data.type;
}
