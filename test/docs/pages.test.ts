/** The pages for people stay true where a machine can tell: their links lead somewhere, their commands exist. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, objectAt } from '../../core/model/json.ts';
import { listFiles, readText, ROOT } from '../rules/source-tree.ts';

const pages = listFiles().filter((path) => path.endsWith('.md'));

const FILE_NAME = /^[\w./-]+\.(?:ts|mjs|js|svelte|md|json|css)$/;
/** Files of a data directory, a bundle or another tool, which no tree holds. */
const MADE_WHILE_RUNNING = new Set([
  'holds.json',
  'journal.json',
  'manifest.json',
  'plugins.json',
  'settings.damaged.json',
  'traces.json',
]);

describe('pages', () => {
  it('link to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...readText(page).matchAll(/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only files and folders that exist', () => {
    const files = listFiles();
    const rooms = new Set(files.map((path) => path.split('/')[0]));
    const isThere = (name: string): boolean =>
      existsSync(join(ROOT, name)) || files.some((path) => path === name || path.endsWith(`/${name}`));
    const named = pages.flatMap((page) =>
      [...readText(page).matchAll(/`([\w@./-]+)`/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => FILE_NAME.test(name) || rooms.has(name.split('/')[0]))
        .map((name) => ({ name, page })),
    );
    expect(named.filter(({ name }) => !isThere(name) && !MADE_WHILE_RUNNING.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('name only npm scripts that exist', () => {
    const manifest: unknown = JSON.parse(readText('package.json'));
    const scripts = Object.keys((isJsonObject(manifest) && objectAt(manifest, 'scripts')) || {});
    const named = pages.flatMap((page) =>
      [...readText(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map((match) => match[1] ?? ''),
    );
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it('list every package that is installed by name, and why', () => {
    const manifest: unknown = JSON.parse(readText('package.json'));
    const packages = Object.keys((isJsonObject(manifest) && objectAt(manifest, 'devDependencies')) || {});
    const dependencies = readText('ARCHITECTURE.md').split('## Dependencies')[1]?.split('\n## ')[0] ?? '';
    const isListed = (name: string): boolean =>
      dependencies.includes(name) || (name.startsWith('@types/') && dependencies.includes('@types/*'));
    expect(packages.filter((name) => !isListed(name))).toEqual([]);
  });
});
