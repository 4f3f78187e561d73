/**
 * The settings of redaction. Its work is the host's own (core/redact): in the guest, rewriting realistic records is
 * many times slower, and every record waits for it; test/bench/plugins measures both.
 */
import { definePlugin } from 'tracebench/plugin';

export const plugin = definePlugin({
  redact: (record) => record,
});
