/**
 * What a model was told and what it said, whatever API carried it. The inspector shows these; the words of
 * a message are a trace's own text, so nothing here is ever more than text or JSON.
 */
import type { Json } from '../model/json.ts';

export type MessageRole = 'system' | 'user' | 'assistant' | 'tool';

/** One piece of a message. `value` is JSON as the wire had it. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  /** What the model thought: its summary, or nothing but the fact where the provider keeps it sealed. */
  | { readonly kind: 'reasoning'; readonly text: string; readonly sealed: boolean }
  | { readonly kind: 'refusal'; readonly text: string }
  | {
      readonly kind: 'tool-call';
      readonly name: string;
      readonly callId: string | undefined;
      /** A string that should hold JSON but need not, or JSON already. */
      readonly input: Json;
    }
  | {
      readonly kind: 'tool-result';
      /** Known where the result or an earlier call says it. */
      readonly name: string | undefined;
      readonly callId: string | undefined;
      readonly output: Json;
    }
  /** An image, a sound, a file: named, never loaded. */
  | { readonly kind: 'media'; readonly type: string; readonly value: Json }
  /** A piece of a type that this version does not know; shown as JSON, never dropped. */
  | { readonly kind: 'other'; readonly type: string; readonly value: Json };

export interface Message {
  readonly role: MessageRole;
  /** The wire's own word for the role where it is another one, such as `developer`. */
  readonly wireRole: string | undefined;
  /** Whether the model was given it or made it. */
  readonly origin: 'input' | 'output';
  readonly parts: readonly MessagePart[];
}
