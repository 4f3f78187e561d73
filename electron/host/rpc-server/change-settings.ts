/** A page's change of the settings: what is refused comes back as a sentence for the person who asked. */
import { isJsonObject, type Json } from '../../../core/model/json.ts';
import { RpcError } from '../../../core/rpc/connection.ts';
import type { SettingsState } from '../../../core/rpc/settings.ts';
import { tellUnavailable } from './tell-unavailable.ts';
import { SettingsRefusedError, type SettingsStore } from '../settings/settings-store.ts';

export async function changeSettings(settings: SettingsStore, params: Json): Promise<SettingsState> {
  if (!isJsonObject(params)) throw new RpcError('bad-params', 'A change is an object of settings.');
  try {
    return await tellUnavailable(settings.change(params));
  } catch (error) {
    if (error instanceof SettingsRefusedError) throw new RpcError('bad-settings', error.message);
    throw error;
  }
}
