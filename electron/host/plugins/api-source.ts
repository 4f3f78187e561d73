/** The files of `tracebench/plugin` as the guest evaluates them: the very ones that the package has, without their types. */
import buildResults from '../../../core/plugin-api/build-results.ts?raw';
import criticalPath from '../../../core/plugin-api/critical-path.ts?raw';
import decisions from '../../../core/plugin-api/decisions.ts?raw';
import definePlugin from '../../../core/plugin-api/define-plugin.ts?raw';
import formatValues from '../../../core/plugin-api/format-values.ts?raw';
import group from '../../../core/plugin-api/group.ts?raw';
import index from '../../../core/plugin-api/index.ts?raw';
import keptFields from '../../../core/plugin-api/kept-fields.ts?raw';
import mapTexts from '../../../core/plugin-api/map-texts.ts?raw';
import request from '../../../core/plugin-api/request.ts?raw';
import traceFigures from '../../../core/plugin-api/trace-figures.ts?raw';
import { compilePlugin } from './compile-plugin.ts';
import type { ApiModule } from './thread-words.ts';

/** By the name under which their neighbours import them. */
const FILES: Readonly<Record<string, string>> = {
  './build-results.ts': buildResults,
  './critical-path.ts': criticalPath,
  './decisions.ts': decisions,
  './define-plugin.ts': definePlugin,
  './format-values.ts': formatValues,
  './group.ts': group,
  './index.ts': index,
  './kept-fields.ts': keptFields,
  './map-texts.ts': mapTexts,
  './request.ts': request,
  './trace-figures.ts': traceFigures,
};

let modules: readonly ApiModule[] | undefined;

/** Compiled once. */
export function readApiModules(): readonly ApiModule[] {
  modules ??= Object.entries(FILES).map(([name, text]) => ({ name, code: compilePlugin(text, name) }));
  return modules;
}
