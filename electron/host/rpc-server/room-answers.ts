/** Answers of rooms that need nothing of the session itself but that the other end said who it is: a line each. */
import type { Connection, RequestListeners } from '../../../core/rpc/connection.ts';
import { answerAudit, type AuditAnswers } from './audit-answers.ts';
import { answerNotes, type NoteAnswers } from './change-notes.ts';
import { answerCorpus, type CorpusAnswers } from './corpus-answers.ts';
import { answerCosts, type CostAnswers } from './cost-answers.ts';
import { answerPlugins, type PluginAnswers } from './plugin-answers.ts';
import { answerRedaction, type RedactionAnswers } from './redaction-answers.ts';
import { answerSampling, type SamplingAnswers } from './sampling-answers.ts';
import { answerSearch, type SearchAnswers } from './search-answers.ts';
import { answerQueries, type QueryAnswers } from './query-answers.ts';
import type { Workbench } from './workbench.ts';

export type RoomAnswers = AuditAnswers &
  CorpusAnswers &
  CostAnswers &
  NoteAnswers &
  PluginAnswers &
  QueryAnswers &
  RedactionAnswers &
  SamplingAnswers &
  SearchAnswers;

/** `connection` is asked for when the first request has come. */
export function answerRooms(workbench: Workbench, connection: () => Connection): RoomAnswers {
  return {
    ...answerAudit(workbench),
    ...answerCorpus(workbench.corpus, connection),
    ...answerCosts(workbench.costs, connection),
    ...answerNotes(workbench.store),
    ...answerPlugins(workbench.plugins),
    ...answerQueries(workbench, connection),
    ...answerRedaction(workbench.store, (query) => workbench.intake.select(query)),
    ...answerSampling(workbench.intake, connection),
    ...answerSearch(workbench.search, connection),
  } satisfies Partial<RequestListeners>;
}
