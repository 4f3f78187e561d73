/** The settings as the host has them, in every page alike. The theme is applied here, whoever changed it. */
import { RpcError } from '../../core/rpc/connection.ts';
import type { SettingsPatch, SettingsState } from '../../core/rpc/settings.ts';
import type { Link } from './link.svelte.ts';
import type { Theme } from './theme.svelte.ts';

export class OwnSettings {
  /** Undefined until the host has told them. */
  state: SettingsState | undefined = $state.raw();
  readonly #link: Link;
  readonly #theme: Theme;

  constructor(link: Link, theme: Theme) {
    this.#link = link;
    this.#theme = theme;
    link.onOpen(() => {
      link.request('settings.get', {}).then(
        ({ result }) => this.#take(result),
        // Where the line breaks meanwhile, the next opening asks anew.
        () => undefined,
      );
    });
    link.on('settings.changed', (state) => this.#take(state));
    theme.onChoice((choice) => void this.change({ theme: choice }));
  }

  /** Changes some settings. Answers why it could not be, in a sentence; undefined when it is done. */
  async change(patch: SettingsPatch): Promise<string | undefined> {
    try {
      this.#take((await this.#link.request('settings.set', patch)).result);
      return undefined;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return error.code === 'closed' ? 'The host does not answer; nothing was changed.' : error.message;
    }
  }

  #take(state: SettingsState): void {
    this.state = state;
    this.#theme.apply(state.settings.theme);
  }
}
