/**
 * Profiles that speedscope wrote: each is a trace of its own, because each has a unit and a zero of its own; the
 * file is their group. Frames are listed once, before or behind the profiles, so profiles wait for them.
 */
import type { FileHead } from '../foreign/file-head.ts';
import { ElementReader, type ElementHandler } from '../foreign/element-reader.ts';
import type { ForeignFormat, ForeignSink, Place } from '../foreign/foreign-format.ts';
import { isJsonList, isJsonObject, ownAt, stringAt, type Json, type JsonObject } from '../../model/json.ts';
import { addSpeedscopeProfile, type SpeedscopeProfile } from './add-profile.ts';

const SPEEDSCOPE = 'speedscope';
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

export const speedscopeProfile: ForeignFormat = {
  name: SPEEDSCOPE,
  label: 'speedscope profile',
  source: SPEEDSCOPE,
  sniff: ({ fields, text }: FileHead) => {
    if (fields.get('$schema') === SCHEMA) return 1;
    if (fields.has('profiles.unit') && fields.has('shared.frames')) return 0.9;
    return text.includes(SCHEMA) ? 0.6 : 0;
  },
  open: (sink) => new ElementReader(sink, new SpeedscopeProfiles(sink), { paths: ['profiles.events'] }),
};

class SpeedscopeProfiles implements ElementHandler {
  readonly #sink: ForeignSink;
  readonly #profiles: SpeedscopeProfile[] = [];
  #open: { fields: Record<string, Json>; readonly events: { value: Json; place: Place }[] } | undefined;
  #frames: readonly Json[] = [];
  readonly #fields: Record<string, Json> = {};

  constructor(sink: ForeignSink) {
    this.#sink = sink;
  }

  open(path: string): void {
    if (path === 'profiles') this.#open = { fields: {}, events: [] };
  }

  value(path: string, value: Json, { line }: Place): void {
    const place = line === undefined ? {} : { line };
    if (path === 'profiles.events') this.#open?.events.push({ value, place });
    else if (path.startsWith('profiles.') && this.#open !== undefined) {
      this.#open.fields[path.slice('profiles.'.length)] = value;
    } else if (path === 'shared') this.#learn(value);
    else this.#fields[path] = value;
  }

  close(path: string): void {
    if (path === 'profiles') this.#settle();
  }

  fragment(value: Json): boolean {
    if (!isJsonObject(value)) return false;
    if (isJsonList(ownAt(value, 'frames'))) this.#learn(value);
    else if (this.#open !== undefined && ownAt(value, 'at') !== undefined) {
      this.#open.events.push({ value, place: {} });
    } else return false;
    return true;
  }

  end(): void {
    // A file that was cut, or damaged, never closed its profile.
    this.#settle();
    const group = stringAt(this.#fields, 'name');
    for (const profile of this.#profiles) {
      addSpeedscopeProfile(profile, this.#frames, this.#fields, group, this.#sink, SPEEDSCOPE);
    }
  }

  #learn(shared: Json): void {
    const frames = isJsonObject(shared) ? ownAt(shared, 'frames') : undefined;
    if (isJsonList(frames)) this.#frames = frames;
  }

  #settle(): void {
    if (this.#open === undefined) return;
    const { fields, events }: { fields: JsonObject; events: SpeedscopeProfile['events'] } = this.#open;
    this.#profiles.push({ fields, events });
    this.#open = undefined;
  }
}
