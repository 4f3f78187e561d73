/** In which form a person reads what a span holds; remembered by the browser. */

export const READINGS = [
  { id: 'messages', label: 'Read' },
  { id: 'tree', label: 'Tree' },
  { id: 'text', label: 'Text' },
  { id: 'raw', label: 'Raw' },
] as const;

export type Reading = (typeof READINGS)[number]['id'];

const KEY = 'tracebench-reading';

export class ReadingChoice {
  current: Reading = $state(READINGS.find(({ id }) => id === localStorage.getItem(KEY))?.id ?? 'messages');

  choose(reading: Reading): void {
    this.current = reading;
    localStorage.setItem(KEY, reading);
  }
}
