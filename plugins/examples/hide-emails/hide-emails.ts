/** A redactor: every record passes through it before it is stored, and only what it answers is stored. */
import { definePlugin, mapTexts } from 'tracebench/plugin';

const EMAIL = /[\w.+-]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/gi;

export const plugin = definePlugin({
  redact(record, { settings }) {
    const kept = Array.isArray(settings.keepDomains) ? settings.keepDomains : [];
    // mapTexts asks for every text but ids, times and kinds; the names of fields too.
    return mapTexts(record, (text) =>
      text.replace(EMAIL, (address: string, domain: string) =>
        kept.includes(domain.toLowerCase()) ? address : '[e-mail]',
      ),
    );
  },
});
