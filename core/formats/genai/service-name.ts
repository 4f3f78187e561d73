/** The name of the program, which stands on every span and trace: so what is longer than any name stays in the resource alone. */
import { stringAt, type JsonObject } from '../../model/json.ts';

const LONGEST = 1000;

export function readServiceName(resource: JsonObject): string | undefined {
  const name = stringAt(resource, 'service.name');
  return name === undefined || name.length > LONGEST ? undefined : name;
}
