/**
 * What runs in the guest before the plugin: it takes away what could differ between two runs, gives `tracebench/plugin`
 * and `console`, and turns undeclared reads into errors. It keeps the plugin honest; the engine keeps it in.
 */

/** The JavaScript of a function: it takes JSON of a `GuestConfig` and gives what `Guest` calls. */
export const GUEST_PRELUDE = `(function (configText) {
  'use strict';
  const { parse, stringify } = JSON;
  const config = parse(configText);
  for (const name of ['performance', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry']) {
    delete globalThis[name];
  }
  if (!config.uses.includes('date')) delete globalThis.Date;
  if (!config.uses.includes('random')) delete Math.random;

  let logs = [];
  const log = (...words) => {
    if (logs.length < 100) logs.push(words.map(textOf).join(' ').slice(0, 500));
  };
  const textOf = (word) => (typeof word === 'string' ? word : String(stringify(word)));
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };

  // Kept even where the plugin swallows the error: what it made of the gap would be wrong.
  let undeclared;
  const hide = (noun, fields) => {
    const shape = {};
    for (const field of Object.keys(fields)) {
      Object.defineProperty(shape, field, {
        get() {
          const listed = config.reads.length === 0 ? 'nothing' : config.reads.join(', ');
          undeclared ??= config.id + ' read ' + noun + '.' + field + ', but "reads" in plugin.json (line ' +
            config.readsLine + ') lists ' + listed + '. Add "' + fields[field] + '" there, or stop reading it.';
          throw new Error(undeclared);
        },
      });
    }
    return Object.freeze(shape);
  };
  const spanShape = hide('span', config.hiddenSpanFields);
  const traceShape = hide('trace', config.hiddenTraceFields);
  const { setPrototypeOf } = Object;
  const view = (trace) => {
    for (const span of trace.spans) setPrototypeOf(span, spanShape);
    return setPrototypeOf(trace, traceShape);
  };

  const module = { exports: {} };
  const api = { definePlugin: (plugin) => plugin };
  const require = (name) => {
    if (name === 'tracebench/plugin') return api;
    throw new Error('A plugin is one file: it cannot import "' + name + '", only "tracebench/plugin".');
  };

  const answer = (make) => {
    logs = [];
    undeclared = undefined;
    let told;
    try {
      const value = make();
      if (value !== null && typeof value === 'object' && typeof value.then === 'function') {
        throw new Error('A plugin answers at once: it returned a promise.');
      }
      const json = stringify(value);
      told = { json: json === undefined ? 'null' : json };
    } catch (error) {
      told = { fault: String((error && error.message) || error).slice(0, 2000), stack: String((error && error.stack) || '').slice(0, 2000) };
    }
    if (undeclared !== undefined) told = { ...told, json: undefined, fault: undeclared };
    return told;
  };

  const run = ({ analysis, step, input, settings }) => {
    const { [step]: work } = plugin.analyses[analysis];
    return work(step === 'map' ? view(input) : input, { settings });
  };

  let plugin;
  const adopt = () => {
    plugin = module.exports.default ?? module.exports.plugin;
    const analyses = plugin && plugin.analyses;
    if (analyses === null || typeof analyses !== 'object') {
      throw new Error('The plugin is to export what definePlugin gives, by default or as "plugin".');
    }
    for (const [name, analysis] of Object.entries(analyses)) {
      for (const step of ['map', 'reduce']) {
        if (typeof (analysis && analysis[step]) !== 'function') throw new Error('The analysis "' + name + '" has no ' + step + '.');
      }
    }
    return Object.keys(analyses);
  };

  return {
    load: (evaluate) => answer(() => { evaluate(module.exports, require, module); return adopt(); }),
    call: (request) => answer(() => run(parse(request))),
    logs: () => stringify(logs),
  };
})`;
