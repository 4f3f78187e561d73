/** A model on a free loopback port that says what it is told to, spoken to by the real `openai` package. */
import OpenAI from 'openai';
import { isJsonObject, ownAt, stringAt, type JsonObject } from '../../core/model/json.ts';
import { writeCompletion, writeResponse, type StubAnswer } from '../sdk/stub-answer.ts';
import { startRecordingServer } from './recording-server.ts';

/** The answers in order, whichever of the two interfaces asks. */
export async function startStubOpenai(answers: readonly StubAnswer[]): Promise<OpenAI> {
  let number = 0;
  const { url } = await startRecordingServer(({ path, body }) => {
    const request: unknown = JSON.parse(body);
    const asked: JsonObject = isJsonObject(request) ? request : {};
    const answer = answers[number++];
    if (answer === undefined) return { status: 400, body: { error: { message: 'no more answers' } } };
    if (path === '/v1/embeddings') return { body: writeEmbedding(answer, ownAt(asked, 'model') as string) };
    const write = path === '/v1/responses' ? writeResponse : writeCompletion;
    return { body: write(answer, stringAt(asked, 'model') ?? '', number) };
  });
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x', maxRetries: 0 });
}

function writeEmbedding({ inputTokens }: StubAnswer, model: string): JsonObject {
  return {
    object: 'list',
    model,
    data: [{ object: 'embedding', index: 0, embedding: [0.25, 0.5] }],
    usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
  };
}
