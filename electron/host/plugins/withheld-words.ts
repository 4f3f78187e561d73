/**
 * What a plugin says while it is asked about what is not stored yet may be the very text that is to be redacted: of its
 * errors and logs only the engine's own words are told.
 */
import { isBreakdown } from './is-breakdown.ts';
import { PluginFault } from './plugin-fault.ts';

/** Words that the engine finds itself, with a number in them and nothing else. */
const OWN_WORDS =
  /^It (?:ran into its deadline of \d+ ms\.|ran out of its \d+ MB of memory\.|did not even stop at its deadline of \d+ ms and was ended from outside\.)$/;

/** The fault as it may be told, where the call was about records that are not stored yet. */
export function withholdWords(hook: string, fault: PluginFault): PluginFault {
  if (OWN_WORDS.test(fault.message)) return fault;
  return new PluginFault(
    isBreakdown(fault)
      ? 'It broke down; what it said is withheld, since it may be of a trace.'
      : `It failed in ${hook}; what it said is withheld, since it may be of a trace.`,
  );
}

/** What stands in the log in place of a line that was logged there. */
export function withheldLine(hook: string): string {
  return `A line was logged in ${hook}; it is withheld, since it may be of a trace.`;
}
