/** The parts of the house style that a machine can judge: names, lengths, first lines, paths of one machine. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles, readText } from './source-tree.ts';

const files = listFiles();
const sources = files.filter((path) => /\.(ts|svelte|mjs)$/.test(path));

describe('file names', () => {
  it('are kebab-case, components PascalCase', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|svelte|config|vite|d))*\.(ts|mts|mjs)$/;
    const pascal = /^([A-Z][a-z0-9]*)+\.svelte$/;
    const wrong = sources.filter((path) => {
      const name = posix.basename(path);
      return name.endsWith('.svelte') ? !pascal.test(name) : !kebab.test(name);
    });
    expect(wrong).toEqual([]);
  });

  it('say what they hold: no manager, helper, handler, util, common, misc', () => {
    const vague = /(^|[/-])(managers?|helpers?|handlers?|utils?|utilities|common|misc)([/.-]|$)/i;
    expect(files.filter((path) => vague.test(path))).toEqual([]);
  });
});

describe('source files', () => {
  it('open with a sentence of what and why', () => {
    // The sentence may follow the imports, where it is the docstring of the file's one export.
    const opening = /^(#!.*\n|<script[^>]*>|\s|import\s[^;]*;)*(\/\*\*|\/\/|<!--)/;
    // Tests may let their titles speak.
    const opened = sources.filter((path) => !/\.(test|spec)\.ts$/.test(path));
    expect(opened.filter((path) => !opening.test(readText(path)))).toEqual([]);
  });

  it('stay under 300 lines, with a median under 100', () => {
    const lengths = sources.map((path) => readText(path).trimEnd().split('\n').length).sort((a, b) => a - b);
    expect(sources.filter((path) => readText(path).trimEnd().split('\n').length > 300)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });
});

describe('the tree', () => {
  it('names no folder of one machine', () => {
    const words = ['home', 'Users', 'root', 'work', 'tmp'].join('|');
    const machinePath = new RegExp(`(^|[\\s"'\`(=:,])(/(${words})|[A-Z]:\\\\Users)[/\\\\][\\w.-]+`, 'm');
    const text = files.filter((path) => /\.(ts|svelte|mjs|js|json|md|css|html|ya?ml)$/.test(path));
    expect(text.filter((path) => machinePath.test(readText(path)))).toEqual([]);
  });

  it('names no registry in the lock file, so that each machine installs from its own', () => {
    expect(readText('package-lock.json')).not.toContain('"resolved"');
  });
});
