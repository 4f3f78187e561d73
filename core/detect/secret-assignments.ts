/**
 * Secrets that are known by the name before them: keyword, then pattern, then how random the value is, then what
 * is known to be none (placeholders, names of variables, code).
 */

const KEYWORD =
  '(?:pass(?:word|wd|phrase|code)?|pwd|kennwort|passwort|contrase[ñn]a|mot de passe|secret|credentials?|creds|api[-_ ]?key|app[-_ ]?key|access[-_ ]?key(?:[-_ ]?id)?|account[-_ ]?key|encryption[-_ ]?key|signing[-_ ]?key|private[-_ ]?key|master[-_ ]?key|shared[-_ ]?access[-_ ]?key|secret[-_ ]?(?:access[-_ ]?)?key|license[-_ ]?key|client[-_ ]?secret|auth[-_ ]?token|access[-_ ]?token|refresh[-_ ]?token|id[-_ ]?token|session[-_ ]?token|bearer[-_ ]?token|bot[-_ ]?token|token|session(?:[-_ ]?id)?|csrf|cookie|otp|pin|signature|sig)';
const ASSIGNMENT = new RegExp(
  `(?<![A-Za-z])((?:[A-Za-z0-9]{1,30}[-_.]){0,5}|(?:[A-Za-z0-9]{0,30}))${KEYWORD}(?:[-_](?:value|key|hash|v\\d))?["'\`\\\\]{0,4}\\s{0,3}(?:=>|:=|={1,2}|:|\\bis\\b(?: set to)?:?)\\s{0,3}(["'\`\\\\]{0,4})([^\\s"'\`,;<>(){}\\[\\]|&]{3,300})`,
  'gi',
);
/** A cheap look for the above, over whole lines: a name, then what assigns; or a flag. */
export const ASSIGNED_KEYWORD = new RegExp(
  `${KEYWORD}(?:[-_](?:value|key|hash|v\\d))?["'\`\\\\]{0,16}\\s{0,3}(?:[:=]|is\\b)|-(?:pass|token|api-?key|secret)`,
  'i',
);
const FLAG =
  /(?<=(?:^|\s)--?(?:password|passwd|pass|token|api-key|apikey|secret)[ =]["']?)[^\s"'=-][^\s"']{3,200}/gi;
/** Whether anything in a piece of a text is a secret by its name. */
export function holdsAssignment(text: string): boolean {
  let isThere = false;
  findAssignments(text, () => {
    isThere = true;
  });
  return isThere;
}

/** Calls back for each value that is a secret by its name. */
export function findAssignments(text: string, found: (start: number, end: number) => void): void {
  if (!ASSIGNED_KEYWORD.test(text)) return;
  let coveredTo = 0;
  for (const match of text.matchAll(ASSIGNMENT)) {
    if (match.index < coveredTo) continue;
    const [whole, , quote = '', raw = ''] = match;
    const value = raw.replace(/[.\\:]+$/, '');
    const name = whole.slice(0, whole.length - raw.length);
    const start = match.index + name.length;
    if (!isSecretValue(name, value, quote !== '')) continue;
    coveredTo = start + (raw.length < MOST_READ ? value.length : lengthOfValue(text, start));
    found(start, coveredTo);
  }
  for (const match of text.matchAll(FLAG)) {
    if (!isPlaceholder(match[0])) found(match.index, match.index + match[0].length);
  }
}

/** So much of a value tells whether it is a secret, as in the pattern; one that is goes to its end. */
const MOST_READ = 300;
const VALUE = /[^\s"'`,;<>(){}[\]|&]*/y;

function lengthOfValue(text: string, start: number): number {
  VALUE.lastIndex = start;
  return VALUE.exec(text)?.[0].length ?? 0;
}

/** People choose these: they may be short and plain. */
const CHOSEN = /pass|pwd|kennwort|contrase|mot de/i;
/** These name other things as often. */
const AMBIGUOUS =
  /(?:token|session(?:[-_ ]?id)?|cookie|csrf|otp|pin|sig|signature|creds?|credentials?)["'`\\]*\s*(?:=>|[:=]|is)/i;

function isSecretValue(name: string, value: string, isQuoted: boolean): boolean {
  if (isPlaceholder(value)) return false;
  if (CHOSEN.test(name)) return isChosen(value, isQuoted);
  const least = AMBIGUOUS.test(name) ? 16 : 10;
  if (value.length < least) return false;
  const isMixed = /\d/.test(value) && /[A-Za-z]/.test(value);
  return isMixed && !isCode(value) && entropyOf(value) >= (value.length < 16 ? 2.8 : 3);
}

/** A word in a sentence or a type in code is none; what has digits or signs, or stands in quotes, is. */
function isChosen(value: string, isQuoted: boolean): boolean {
  if (value.length < 4 || isCode(value)) return false;
  if (/^[a-z]+$/i.test(value)) return isQuoted && value.length >= 6 && !PLAIN_WORD.test(value);
  return /[\d!@#$%^*+~?_-]/.test(value) && value.length >= 5;
}

const PLAIN_WORD =
  /^(?:string|number|boolean|required|optional|password|username|hidden|visible|incorrect|invalid|correct|expired|changed|reset|missing|wrong|secret|unknown|forgotten|protected|accepted|rejected|encrypted|hashed|strong|weak)$/i;

/** Calls, members, paths and types. */
function isCode(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) ||
    /^(?:\.{0,2}|~)\//.test(value) ||
    /^https?:/.test(value)
  );
}

const PLACEHOLDER =
  /^(?:\$|%\w+%$|@|process\.env|os\.|env[.:[]|secrets?\.|vars?\.|null|none|nil|undefined|true|false|string|redacted|\W*$|(?:x|\*|•|\.|0|-){3,}$|your|my[-_]|example|sample|dummy|placeholder|change[-_ ]?me|todo|tbd|test$|insert|replace|enter|some[-_]|fake|<|\[|\{|not[-_]|no[-_ ]|n\/a)/i;
const MASKED = /(?:\*{3,}|x{5,}|\.{3,}|•{3,}|…|_here\b|-here\b|redacted|withheld|placeholder|example)/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || MASKED.test(value);
}

/** Bits a character, by how often each stands in it. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
