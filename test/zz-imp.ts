/** temporary */
import { mkdtemp, rm } from 'node:fs/promises';
import { Importer } from '../electron/host/import/importer.ts';
import { openStore } from '../electron/host/open-store.ts';
import { systemClock } from '../electron/host/host.ts';
import { PerformanceObserver } from 'node:perf_hooks';
let gc = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) gc += e.duration; }).observe({ entryTypes: ['gc'] });
const path = '/tmp/tbh/gen/100k.jsonl';
async function cpu(name: string, f: () => Promise<unknown> | unknown) { const c = process.cpuUsage(); const t = performance.now(); gc = 0; await f(); const d = process.cpuUsage(c); console.log(name.padEnd(10), (d.user / 1000).toFixed(0), (d.system / 1000).toFixed(0), 'cpu ms', (performance.now() - t).toFixed(0), 'wall', gc.toFixed(0), 'gc'); }
async function imp() { const d = await mkdtemp('/tmp/tbh/zz-'); const s = await openStore(d, systemClock); await new Importer(s, systemClock).importPaths('i', [path]); await cpu('   close', () => s.close()); await rm(d, { recursive: true }); }
for (let i = 0; i < 5; i++) { await cpu('import', imp); }
