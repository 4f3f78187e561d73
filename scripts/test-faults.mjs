// `npm run test:faults`: the kill -9 suite with ten times the points of `npm test`.
process.env.TRACEBENCH_KILL_POINTS ??= '100';
process.argv.splice(2, process.argv.length, 'faults');
await import('./test.mjs');
