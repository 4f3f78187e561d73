/** Reads what somebody wrote into the fields of the question; what cannot be is a sentence. */
import type { WhatIfWish } from '../../../core/rpc/costs.ts';

export interface WrittenWish {
  /** Empty: every model. */
  readonly from: string;
  /** Empty: as it was. `gpt-5@azure` names who sells it. */
  readonly to: string;
  /** Empty: as it was; else `80%` or `0.8`. */
  readonly cache: string;
}

export function readWish({ from, to, cache }: WrittenWish): WhatIfWish | string {
  const [model = '', provider = ''] = to.split('@').map((part) => part.trim());
  const share = readShare(cache.trim());
  if (share === 'wrong') return 'The share of the cache is a number from 0 to 1, or such as 80%.';
  if (model === '' && share === undefined) return 'Say another model, a share of the cache, or both.';
  if (model === '' && from.trim() !== '') return `Say which model the calls of ${from.trim()} had gone to.`;
  const change = { from: from.trim() || null, to: model, provider: provider || null };
  return { models: model === '' ? [] : [change], cacheHitRate: share ?? null };
}

function readShare(text: string): number | 'wrong' | undefined {
  if (text === '') return undefined;
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?)\s*(%?)$/.exec(text) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  return digits === undefined || share > 1 ? 'wrong' : share;
}
