/** What traces would cost otherwise, as tables: both sums, by model, and what is in neither. */
import { formatMoney } from '../core/plugin-api/format-values.ts';
import type { WhatIf } from '../core/rpc/costs.ts';
import type { WriteRows } from './plugin-results.ts';

export function formatWhatIf(whatIf: WhatIf, headMark: string, writeRows: WriteRows): string {
  const { traces, calls, oldUsd, newUsd, rows, unpriced, prices } = whatIf;
  const head = [
    'MODEL',
    'BECOMES',
    'CALLS',
    'INPUT',
    'CACHED',
    'CACHED AFTER',
    'OUTPUT',
    'COST',
    'AFTER',
    'CHANGE',
  ];
  const lines = rows.map((row) => [
    row.model || '-',
    row.becomes === row.model ? 'the same' : row.becomes || '-',
    ...[row.calls, row.inputTokens, row.cachedTokens, row.cachedTokensAfter, row.outputTokens].map(count),
    formatMoney(row.oldUsd),
    formatMoney(row.newUsd),
    change(row.oldUsd, row.newUsd),
  ]);
  const sums = [
    'All',
    '',
    count(calls),
    '',
    '',
    '',
    '',
    formatMoney(oldUsd),
    formatMoney(newUsd),
    change(oldUsd, newUsd),
  ];
  const left = unpriced.map(({ model, becomes, side, reason, calls: missing }) => [
    model ?? '-',
    becomes || '-',
    count(missing),
    `${side === 'before' ? 'as it was' : 'afterwards'}: ${reason}`,
  ]);
  return [
    `${headMark}${count(traces)} traces, by ${prices}\n`,
    rows.length === 0
      ? 'No call could be priced both before and after.\n'
      : writeRows([head, ...lines, sums]),
    ...(left.length === 0
      ? []
      : [`\n${headMark}In neither sum\n`, writeRows([['MODEL', 'BECOMES', 'CALLS', 'WHY'], ...left])]),
  ].join('');
}

function count(value: number): string {
  return String(Math.round(value));
}

function change(from: number, to: number): string {
  if (from === 0) return to === 0 ? '0 %' : '-';
  const share = (to / from - 1) * 100;
  return `${share > 0 ? '+' : ''}${share.toFixed(1)} %`;
}
