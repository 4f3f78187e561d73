#!/usr/bin/env node
// The command line on a fresh clone: makes packages and build where they are missing or stale (speaking on
// stderr only), then hands over to the built command line.
import { pathToFileURL } from 'node:url';
import { BUILT_CLI } from '../scripts/paths.mjs';
import { prepareOrExit } from '../scripts/prepare.mjs';

await prepareOrExit();
await import(pathToFileURL(BUILT_CLI).href);
