/** The zone in which times are shown. It is state, so that every time on the page is written anew with it. */
const zone: { name: string | undefined } = $state({ name: undefined });

/** The zone's IANA name; undefined: that of the system. */
export function shownZone(): string | undefined {
  return zone.name;
}

/** `system` or the name of a zone. */
export function showZone(name: string): void {
  zone.name = name === 'system' ? undefined : name;
}
