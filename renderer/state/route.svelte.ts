/** The place that is shown; follows the address and leads it, so that back and forward work. */
import { readPlace, writePlace, type Place } from './place.ts';

export class Route {
  place: Place = $state.raw(readPlace(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.place = readPlace(location.hash);
    });
  }

  /** Goes to a place; a step back leads to where one was. */
  go(place: Place): void {
    if (writePlace(place) !== location.hash) history.pushState(null, '', writePlace(place));
    this.place = place;
  }

  /** Changes the place without a step in the history: one trace looked through is one step. */
  change(place: Place): void {
    history.replaceState(null, '', writePlace(place));
    this.place = place;
  }
}
