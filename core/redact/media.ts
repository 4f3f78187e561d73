/** Images, sounds and other bytes that stand in a record as base64, which no detector can read. */

const DATA_URL = /^\s*data:[\w.+/-]{1,100}(?:;[\w=.+-]{1,100}){0,5},/i;
const LONG_BASE64 = /^[A-Za-z0-9+/_-]{256,}={0,2}$/;
/** Whether it is base64 shows at its beginning; a text of megabytes is not read for it. */
const LOOKED = 4096;

export const MEDIA_MARK = '[media]';

export function isMedia(text: string): boolean {
  return DATA_URL.test(text.slice(0, 700)) || (text.length >= 256 && LONG_BASE64.test(cut(text)));
}

function cut(text: string): string {
  return text.length > LOOKED ? text.slice(0, LOOKED) : text.replace(/\s+$/, '');
}
