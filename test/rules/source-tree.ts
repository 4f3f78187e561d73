/** The project's own files and what each of them imports: what the rules judge. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders of tools and outputs: not ours to judge. */
const FOREIGN = new Set([
  'node_modules',
  'out',
  'dist',
  '.git',
  '.cache',
  'test-results',
  'playwright-report',
]);

/** One import as it stands in a file. `path` is set for files of the project, `name` is the text itself. */
export interface Import {
  readonly name: string;
  /** Path from the project's root, with `/`; undefined for packages and Node's own modules. */
  readonly path: string | undefined;
}

/** All files of the project, as paths from its root with `/`, sorted. */
export function listFiles(under = ''): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(ROOT, under), { withFileTypes: true })) {
    if (FOREIGN.has(entry.name)) continue;
    const path = posix.join(under, entry.name);
    if (entry.isDirectory()) found.push(...listFiles(path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Everything a source file imports: static, dynamic, type-only, and files named by `new URL(…, import.meta.url)`. */
export function readImports(path: string): Import[] {
  const text = path.endsWith('.svelte') ? readScripts(readText(path)) : readText(path);
  const names = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
  for (const match of text.matchAll(/new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g)) {
    if (match[1] !== undefined) names.push(match[1]);
  }
  return names.map((name) => ({
    name,
    path: name.startsWith('.') ? withoutQuery(posix.join(posix.dirname(path), name)) : undefined,
  }));
}

/** The package of an import: `d3`, `@scope/name`, `node:fs`. */
export function packageOf(name: string): string {
  const parts = name.split('/');
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name);
}

function readScripts(component: string): string {
  return [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

/** Vite's `?worker`, `?url` and the like are no part of the path. */
function withoutQuery(path: string): string {
  return path.replace(/\?.*$/, '');
}
