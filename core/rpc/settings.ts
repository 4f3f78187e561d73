/** The user's settings: what `settings.json` of the data directory holds, with every value set. */

export interface Settings {
  /** Ports of the door and of the page; they count from the next start on. */
  readonly ingestPort: number;
  readonly uiPort: number;
  readonly theme: 'system' | 'light' | 'dark';
  /** `system`, `UTC`, or an IANA name such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Origins of web pages that may post to the door, such as `http://localhost:5173`. */
  readonly allowedOrigins: readonly string[];
  /** null: keep for ever; no limit. */
  readonly retention: { readonly maxAgeDays: number | null; readonly maxBytes: number | null };
}

/** What a host answers about its settings. */
export interface SettingsState {
  readonly settings: Settings;
  /** The file they stand in. */
  readonly path: string;
  /** Why the file, or a value of it, was passed over for the default; empty where all is well. */
  readonly problems: readonly string[];
  /** Names of settings whose change waits for the next start. */
  readonly awaitingRestart: readonly string[];
}

/** A change of some of them. */
export type SettingsPatch = Partial<Omit<Settings, 'retention'>> & {
  readonly retention?: Partial<Settings['retention']>;
};
