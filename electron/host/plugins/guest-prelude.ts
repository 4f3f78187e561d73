/**
 * What runs in the guest before the plugin: it takes away what could differ between two runs, gives `tracebench/plugin`
 * and `console`, and turns undeclared reads into errors. It keeps the plugin honest; the engine keeps it in.
 */

/** The JavaScript of a function: it takes JSON of a `GuestConfig` and gives what `Guest` calls. */
export const GUEST_PRELUDE = `(function (configText) {
  'use strict';
  const { parse, stringify } = JSON;
  const { setPrototypeOf } = Object;
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
  const headShape = hide('trace', config.hiddenHeadFields);
  const view = (trace) => {
    for (const span of trace.spans) setPrototypeOf(span, spanShape);
    return setPrototypeOf(trace, traceShape);
  };

  // The one way out: what is asked for here is performed by the host, or refused.
  let wanted = [];
  let asked = 0;
  const waiting = new Map();
  const request = (url, init = {}) => new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = init;
    const id = ++asked;
    waiting.set(id, { resolve, reject });
    wanted.push({ id, url: String(url), method: String(method), headers, body: body === undefined ? undefined : String(body) });
  });

  const modules = new Map();
  const open = (name) => {
    const known = modules.get(name);
    if (known.module === undefined) {
      known.module = { exports: {} };
      known.evaluate(known.module.exports, open, known.module);
    }
    return known.module.exports;
  };
  let api;
  const require = (name) => {
    if (name !== 'tracebench/plugin') {
      throw new Error('A plugin is one file: it cannot import "' + name + '", only "tracebench/plugin".');
    }
    return (api ??= { ...open('./index.ts'), request });
  };

  // Without a prototype: what the plugin lets all objects inherit is no answer of ours.
  let told;
  const tell = (value) => {
    const json = stringify(value);
    told = undeclared === undefined ? { __proto__: null, json: json === undefined ? 'null' : json } : { __proto__: null, fault: undeclared };
  };
  const fail = (error) => {
    told = { __proto__: null, fault: String((error && error.message) || error).slice(0, 2000), stack: String((error && error.stack) || '').slice(0, 2000) };
    if (undeclared !== undefined) told.fault = undeclared;
  };
  const isPromise = (value) => value !== null && typeof value === 'object' && typeof value.then === 'function';
  const answer = (make) => {
    logs = [];
    wanted = [];
    waiting.clear();
    undeclared = undefined;
    told = undefined;
    try {
      const value = make();
      if (isPromise(value)) value.then(tell).catch(fail);
      else tell(value);
    } catch (error) {
      fail(error);
    }
  };
  /** What there is to tell once the engine has nothing left to do. */
  const result = () => {
    if (told !== undefined) return told;
    if (wanted.length === 0) return { __proto__: null, fault: 'It returned a promise that never settles: nothing is left that could settle it.' };
    const requests = stringify(wanted);
    wanted = [];
    return { __proto__: null, waiting: requests };
  };
  const settle = (responses) => {
    logs = [];
    for (const response of parse(responses)) {
      const known = waiting.get(response.id);
      waiting.delete(response.id);
      if (known === undefined) continue;
      if (response.refused !== undefined) known.reject(new Error(response.refused));
      else known.resolve({ status: response.status, ok: response.status >= 200 && response.status < 300, contentType: response.contentType, text: response.text, json: () => parse(response.text) });
    }
  };

  const flat = (lists) => lists.flatMap((each) => (each === null || each === undefined ? [] : each));
  /** One after the other, without a promise where none is needed. */
  const each = (items, work) => {
    const answers = items.map(work);
    return answers.some(isPromise) ? Promise.all(answers) : answers;
  };
  const then = (value, next) => (isPromise(value) ? value.then(next) : next(value));

  const RUNS = {
    head: (hook, input, context) => hook(setPrototypeOf(input, headShape), context),
    trace: (hook, input, context) => hook(view(input), context),
    spans: (hook, input, context) => {
      const inTrace = { ...context, traceId: input.traceId };
      return then(each(input.spans, (span) => hook(setPrototypeOf(span, spanShape), inTrace)), flat);
    },
    records: (hook, input, context) => each(input, (record) => hook(record, context)),
    nothing: (hook, input, context) => then(hook(context), () => null),
  };
  const enrich = (hook, input, context) => {
    const trace = view(input);
    const pair = (span) => then(hook(span, { ...context, trace }), (values) => [span.id, values]);
    return then(each(trace.spans, pair), (pairs) => pairs.filter(([, values]) => values !== null && values !== undefined));
  };

  let plugin;
  const run = ({ analysis, step, hook, input, settings }) => {
    const context = { settings };
    if (analysis !== undefined) {
      const { [step]: work } = plugin.analyses[analysis];
      return work(step === 'map' ? view(input) : input, context);
    }
    const work = (...words) => plugin[hook](...words);
    const { takes, gives } = config.hooks[hook];
    return gives === 'values' ? enrich(work, input, context) : RUNS[takes](work, input, context);
  };

  const module = { exports: {} };
  const adopt = () => {
    plugin = module.exports.default ?? module.exports.plugin;
    if (plugin === null || typeof plugin !== 'object') {
      throw new Error('The plugin is to export what definePlugin gives, by default or as "plugin".');
    }
    const { analyses = {} } = plugin;
    if (analyses === null || typeof analyses !== 'object') throw new Error('The "analyses" of the plugin are to be an object.');
    for (const [name, analysis] of Object.entries(analyses)) {
      for (const step of ['map', 'reduce']) {
        if (typeof (analysis && analysis[step]) !== 'function') throw new Error('The analysis "' + name + '" has no ' + step + '.');
      }
    }
    const hooks = [];
    for (const name of Object.keys(plugin)) {
      if (name === 'analyses') continue;
      if (!Object.hasOwn(config.hooks, name)) throw new Error('"' + name + '" is no hook; there is ' + Object.keys(config.hooks).join(', ') + ', and analyses.');
      if (typeof plugin[name] !== 'function') throw new Error('The hook "' + name + '" is to be a function.');
      hooks.push(name);
    }
    const names = Object.keys(analyses);
    if (names.length + hooks.length === 0) throw new Error('The plugin has neither a hook nor an analysis.');
    return { analyses: names, hooks };
  };

  return {
    define: (name, evaluate) => void modules.set(name, { evaluate }),
    load: (evaluate) => answer(() => { evaluate(module.exports, require, module); return adopt(); }),
    call: (request) => answer(() => run(parse(request))),
    settle,
    result,
    logs: () => stringify(logs),
  };
})`;
