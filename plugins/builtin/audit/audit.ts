/** The settings of the audit log. Its work is the host's own (electron/host/audit): a guest can neither write nor guard. */
import { definePlugin } from 'tracebench/plugin';

export const plugin = definePlugin({
  // A plugin without a hook is refused.
  shutdown: () => undefined,
});
