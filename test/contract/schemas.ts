/** The JSON Schemas of docs/schemas, compiled once: what docs/contract.md promises, in a form that can say no. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../docs/schemas');

export const SCHEMA_NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''));

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
for (const name of SCHEMA_NAMES) {
  const schema: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
  ajv.addSchema(schema as object);
}

/** What is wrong with a value, one line a fault; empty when the schema holds. */
export function findFaults(schema: string, value: unknown): string[] {
  const validate = ajv.getSchema(`${schema}.json`);
  if (validate === undefined) throw new Error(`no schema named ${schema}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? error.keyword}`);
}
