/** Facets and their values in a person's words. */
import type { TraceStatus } from '../../../core/model/trace-summary.ts';
import type { Facet } from '../../../core/store/library-query.ts';
import { STATUS_LABEL } from '../../format/status.ts';

export const FACET_LABEL: Readonly<Record<Facet, string>> = {
  status: 'Status',
  workflow: 'Workflow',
  agent: 'Agent',
  model: 'Model',
  origin: 'Source',
};

export function facetValueLabel(facet: Facet, value: string): string {
  if (facet === 'status' && isStatus(value)) return STATUS_LABEL[value];
  return value === '' ? 'Unnamed' : value;
}

function isStatus(value: string): value is TraceStatus {
  return Object.hasOwn(STATUS_LABEL, value);
}
