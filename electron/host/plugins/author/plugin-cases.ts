/** The author's cases: `*.test.json` beside plugin.json, as data, so that nothing of a plugin ever runs outside its guest. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isJsonList,
  isJsonObject,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../../../core/model/json.ts';
import { PluginFault } from '../plugin-fault.ts';

export interface PluginCase {
  readonly name: string;
  /** The name of an analysis or of a hook. */
  readonly run: string;
  /** What the hook is given; without it the traces of `fixture`. */
  readonly input: Json | undefined;
  /** The name of a file with traces in the plugin's folder. */
  readonly fixture: string;
  readonly settings: JsonObject;
  /** What the answer is to hold. */
  readonly expect: Json | undefined;
  /** Words of the fault with which it is to fail. */
  readonly fails: string | undefined;
}

export const USUAL_FIXTURE = 'fixture.jsonl';

const CASES_NAME = /\.test\.json$/;
const FIELDS = ['name', 'run', 'input', 'fixture', 'settings', 'expect', 'fails'];

/** In the order of files and cases. Rejects with a `PluginFault` that names what is wrong. */
export async function readCases(folder: string): Promise<readonly PluginCase[]> {
  const names = (await readdir(folder)).filter((name) => CASES_NAME.test(name)).sort();
  const cases: PluginCase[] = [];
  for (const name of names) cases.push(...readFileOfCases(name, await readFile(join(folder, name), 'utf8')));
  return cases;
}

function readFileOfCases(file: string, text: string): readonly PluginCase[] {
  const value = parse(file, text);
  const list = isJsonObject(value) ? value.cases : undefined;
  if (!isJsonList(list)) throw new PluginFault(`${file} is to hold an object with a list "cases".`);
  return list.map((each, place) => readCase(file, place + 1, each));
}

function readCase(file: string, number: number, value: Json): PluginCase {
  const refuse = (words: string): PluginFault => new PluginFault(`Case ${number} of ${file} ${words}`);
  if (!isJsonObject(value)) throw refuse('is to be an object.');
  const unknown = Object.keys(value).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw refuse(`has an unknown field "${unknown}"; there is ${FIELDS.join(', ')}.`);
  const run = stringAt(value, 'run');
  if (run === undefined) throw refuse('is to name an analysis or a hook in "run".');
  const expect = ownAt(value, 'expect');
  const fails = stringAt(value, 'fails');
  if ((expect === undefined) === (fails === undefined))
    throw refuse('is to have either "expect" or "fails".');
  const fixture = stringAt(value, 'fixture') ?? USUAL_FIXTURE;
  if (!/^[\w-][\w.-]*$/.test(fixture)) throw refuse('is to name a file of its own folder in "fixture".');
  return {
    name: stringAt(value, 'name') ?? `case ${number}`,
    run,
    input: ownAt(value, 'input'),
    fixture,
    settings: objectAt(value, 'settings') ?? {},
    expect,
    fails,
  };
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new PluginFault(`${file} is no JSON: ${error instanceof Error ? error.message : ''}`, error);
  }
}
