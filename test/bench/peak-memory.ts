/** The most memory that a process ever held. */
import { readFileSync } from 'node:fs';
import type { MegaBytes } from './figures.ts';

/** Of this process. */
export function ownPeak(): MegaBytes {
  return process.resourceUsage().maxRSS / 1024;
}

/** Of another process, where the system tells it (Linux); undefined elsewhere. */
export function peakOf(pid: number): MegaBytes | undefined {
  if (process.platform !== 'linux') return undefined;
  const kiloBytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kiloBytes === undefined ? undefined : Number(kiloBytes) / 1024;
}
