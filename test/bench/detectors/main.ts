/**
 * `npm run bench:detectors [-- --half held-out|tuned] [-- --rounds 40] [-- --json] [-- --texts]`: precision and
 * recall of the detectors by type on the made-up set, and their speed beside a bare scan of the same bytes.
 * `--texts` shows what went wrong; on the half that is held out it is not asked for.
 */
import { parseArgs } from 'node:util';
import { printTable, round } from '../print-table.ts';
import { judgeDetectors } from './judge-detectors.ts';
import { makeSamples, type Half } from './make-samples.ts';
import { measureSpeed } from './measure-speed.ts';

const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'held-out' },
    rounds: { type: 'string', default: '40' },
    json: { type: 'boolean', default: false },
    texts: { type: 'boolean', default: false },
  },
});
const half: Half = values.half === 'tuned' ? 'tuned' : 'held-out';
const samples = makeSamples(half, half === 'tuned' ? 1 : 2, Number(values.rounds));
const scores = judgeDetectors(samples);
const speed = measureSpeed();

if (values.json) {
  const rows = scores.map(({ type, planted, found, wrong, recall, precision }) => ({
    type,
    planted,
    found,
    wrong,
    recall,
    precision,
  }));
  console.log(JSON.stringify({ half, samples: samples.length, scores: rows, speed }));
} else {
  const rows = scores.map(({ type, planted, found, wrong, recall, precision }) => [
    type,
    String(planted),
    String(found),
    String(wrong),
    recall.toFixed(4),
    precision.toFixed(4),
  ]);
  const title = `Detectors on the ${half} half, ${String(samples.length)} texts`;
  console.log(printTable(title, ['type', 'planted', 'found', 'wrong', 'recall', 'precision'], rows));
  const pace = speed.map(({ name, mbPerSecond }) => [name, round(mbPerSecond)]);
  console.log(printTable('\nSpeed', ['what', 'MB/s'], pace));
}
if (values.texts) {
  for (const { type, missedTexts, wrongTexts } of scores) {
    for (const text of missedTexts) console.log(`missed ${type}: ${text}`);
    for (const text of wrongTexts) console.log(`wrong ${type}: ${text}`);
  }
}
