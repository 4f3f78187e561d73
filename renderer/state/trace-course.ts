/** The course of a trace's conversation and what follows from it, made once for all who show a part of it. */
import { computeContextGrowth, type ContextGrowth } from '../../core/analysis/context-growth.ts';
import { computeConversation, type ConversationEntry } from '../../core/analysis/conversation.ts';
import { computePassageDetails, type PassageDetail } from '../../core/analysis/handoff-details.ts';
import { computeHandoffs, type HandoffStory } from '../../core/analysis/handoffs.ts';
import type { FlameModel } from '../charts/flame/model.ts';

export interface TraceCourse {
  readonly story: HandoffStory;
  readonly entries: readonly ConversationEntry[];
  /** One a passage of the story. */
  readonly details: readonly PassageDetail[];
  readonly growth: ContextGrowth;
}

const COURSES = new WeakMap<FlameModel, TraceCourse>();

export function courseOf(model: FlameModel): TraceCourse {
  let course = COURSES.get(model);
  if (course === undefined) {
    const story = computeHandoffs(model.table, model.tree);
    const entries = computeConversation(model.table, model.tree, story);
    const details = computePassageDetails(model.table, story, entries);
    course = { story, entries, details, growth: computeContextGrowth(model.table, entries) };
    COURSES.set(model, course);
  }
  return course;
}
