/** What the health page shows, as names and values: the cards draw them and the diagnostics are written of them. */
import { readIsoUs } from '../../../core/model/time.ts';
import type { HostStatus } from '../../../core/rpc/contract.ts';
import type { Health } from '../../../core/rpc/health.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { formatDuration } from '../../format/duration.ts';

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Something a person should see to. */
  readonly bad?: boolean;
}

/** With less the journal soon stops; the disk is said to be low before. */
const LOW_DISK_BYTES = 1_000_000_000;

export function describeHealth(status: HostStatus, health: Health, nowMs: number): readonly FactGroup[] {
  return [describeDoor(status, health), describeJournal(status, health), describeHost(health, nowMs)];
}

function describeDoor(status: HostStatus, health: Health): FactGroup {
  const waiting = health.waitingRequests;
  return {
    title: 'Door',
    facts: [
      { name: 'Address', value: status.ingest.replace('http://', '') },
      { name: 'Takes records', value: status.accepting ? 'yes' : 'no', bad: !status.accepting },
      { name: 'Stored', value: formatCount(status.acknowledged) },
      { name: 'Rejected', value: formatCount(status.rejected), bad: status.rejected > 0 },
      {
        name: 'Waiting for the disk',
        value: waiting === 0 ? 'none' : `${formatCount(waiting)}, ${formatBytes(health.waitingBytes)}`,
      },
    ],
  };
}

function describeJournal(status: HostStatus, { journal, diskFreeBytes }: Health): FactGroup {
  const compressed = journal.compressedSegments;
  return {
    title: 'Journal',
    facts: [
      { name: 'Traces', value: formatCount(status.traces) },
      { name: 'Spans', value: formatCount(status.spans) },
      {
        name: 'Segments',
        value: `${formatCount(journal.segments)}${compressed > 0 ? `, ${formatCount(compressed)} compressed` : ''}`,
      },
      {
        name: 'End',
        value: `segment ${formatCount(journal.segment)}, byte ${formatCount(journal.offset)}`,
      },
      { name: 'Rows', value: formatCount(journal.rows) },
      { name: 'On disk', value: formatBytes(journal.bytesOnDisk) },
      {
        name: 'Free on this disk',
        value: diskFreeBytes === null ? 'unknown' : formatBytes(diskFreeBytes),
        bad: diskFreeBytes !== null && diskFreeBytes < LOW_DISK_BYTES,
      },
    ],
  };
}

function describeHost(health: Health, nowMs: number): FactGroup {
  return {
    title: 'Host',
    facts: [
      { name: 'Tracebench', value: health.version },
      { name: 'Node', value: health.node },
      { name: 'System', value: health.platform },
      { name: 'Running for', value: formatDuration(nowMs * 1000 - readIsoUs(health.startedAt)) },
      { name: 'Memory', value: formatBytes(health.memoryBytes) },
      { name: 'Connections', value: formatCount(health.pages) },
    ],
  };
}

/**
 * A text for a report of a fault. It has no id, name or path in it: counts and codes, and sentences of the
 * host, which never quote a trace.
 */
export function writeDiagnostics(groups: readonly FactGroup[], { rejects, errors }: Health): string {
  const lines = groups.flatMap(({ title, facts }) => [
    '',
    title,
    ...facts.map(({ name, value }) => `  ${name}: ${value}`),
  ]);
  return [
    'Tracebench diagnostics',
    ...lines,
    '',
    'Rejected records by code',
    ...(rejects.length === 0 ? ['  none'] : rejects.map(({ code, count }) => `  ${code}: ${String(count)}`)),
    '',
    'Errors',
    ...(errors.length === 0 ? ['  none'] : errors.map(({ at, message }) => `  ${at} ${message}`)),
    '',
  ].join('\n');
}
