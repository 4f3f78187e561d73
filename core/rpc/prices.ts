/** What a host answers about prices: the table that came with the product, and the user's own. */
import type { JsonObject } from '../model/json.ts';

export interface PricesState {
  /** In the shape of `@pydantic/genai-prices`, with the id and the day of the snapshot. */
  readonly snapshot: JsonObject;
  /** `prices.json` of the data directory, in the same shape; null where there is none that can be read. */
  readonly own: JsonObject | null;
  /** Stands beside figures made with it; another content has another id. Empty where there is none. */
  readonly ownId: string;
  /** Where the user's own prices stand, or would. */
  readonly path: string;
  /** What is wrong with the user's file, in whole sentences. */
  readonly problems: readonly string[];
}
