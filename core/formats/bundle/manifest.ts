/** The manifest of a bundle: what is in it, with the sum of every entry, and what was withheld. */
import {
  canonicalJson,
  isJsonList,
  isJsonObject,
  numberAt,
  objectAt,
  ownAt,
  stringAt,
  type Json,
  type JsonObject,
} from '../../model/json.ts';

/** A reader that knows this version reads every bundle of it and of those before. */
export const BUNDLE_VERSION = 1;
export const BUNDLE_MARK = `tracebundle ${String(BUNDLE_VERSION)}\n`;
/** The first entry: it tells a bundle from any other zip by the first bytes of the file. */
export const MARK_NAME = 'bundle';
export const MANIFEST_NAME = 'manifest.json';
export const NOTES_NAME = 'extra/notes.jsonl';
export const FINDINGS_NAME = 'extra/findings.jsonl';
export const VIEWS_NAME = 'extra/views.jsonl';
const RECORDS = /^data\/[^/]+\.jsonl$/;

export interface BundleEntry {
  readonly name: string;
  readonly bytes: number;
  readonly lines: number;
  /** In lower-case hex, of the entry as it is unpacked. */
  readonly sha256: string;
}

export interface BundleCounts {
  readonly traces: number;
  readonly spans: number;
  readonly records: number;
  readonly notes: number;
  readonly findings: number;
  readonly views: number;
}

export interface BundleManifest {
  readonly version: number;
  readonly counts: BundleCounts;
  readonly entries: readonly BundleEntry[];
  /** null: everything left as it was. */
  readonly withheld: { readonly rules: readonly string[]; readonly counts: readonly Json[] } | null;
  readonly priceTable: string | null;
}

export function writeManifest(manifest: BundleManifest): string {
  const value = {
    format: 'tracebundle',
    version: manifest.version,
    counts: { ...manifest.counts },
    entries: manifest.entries.map((entry): Json => ({ ...entry })),
    withheld: manifest.withheld === null ? null : { ...manifest.withheld },
    priceTable: manifest.priceTable,
  } satisfies Json;
  return `${canonicalJson(value)}\n`;
}

/** Undefined where the value is no manifest. A newer version is one, as far as its fields go. */
export function readManifest(value: Json): BundleManifest | undefined {
  if (!isJsonObject(value) || stringAt(value, 'format') !== 'tracebundle') return undefined;
  const version = numberAt(value, 'version');
  const counts = objectAt(value, 'counts');
  const listed = ownAt(value, 'entries');
  if (version === undefined || counts === undefined || !isJsonList(listed)) return undefined;
  const entries = listed.flatMap((entry) => readEntry(entry) ?? []);
  if (entries.length !== listed.length) return undefined;
  const withheld = objectAt(value, 'withheld');
  return {
    version,
    counts: readCounts(counts),
    entries,
    withheld:
      withheld === undefined
        ? null
        : { rules: textsOf(withheld['rules']), counts: listOf(withheld['counts']) },
    priceTable: stringAt(value, 'priceTable') ?? null,
  };
}

/** True for an entry whose lines are records of traces. */
export function isRecordsEntry(name: string): boolean {
  return RECORDS.test(name);
}

function readEntry(value: Json): BundleEntry | undefined {
  if (!isJsonObject(value)) return undefined;
  const name = stringAt(value, 'name');
  const bytes = numberAt(value, 'bytes');
  const sha256 = stringAt(value, 'sha256');
  if (name === undefined || bytes === undefined || sha256 === undefined) return undefined;
  return { name, bytes, lines: numberAt(value, 'lines') ?? 0, sha256 };
}

function readCounts(counts: JsonObject): BundleCounts {
  const count = (key: string): number => numberAt(counts, key) ?? 0;
  return {
    traces: count('traces'),
    spans: count('spans'),
    records: count('records'),
    notes: count('notes'),
    findings: count('findings'),
    views: count('views'),
  };
}

function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((text) => typeof text === 'string');
}

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonList(value) ? value : [];
}
