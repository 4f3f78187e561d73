/** The door on a free loopback port over a real store, and ways to speak to it. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createDoor, type DoorParts } from '../../../../electron/host/door/door.ts';
import { passThrough, type IntakeGate } from '../../../../electron/host/intake/intake-gate.ts';
import { StatusBoard } from '../../../../electron/host/host-status.ts';
import { closeServer, listenOn } from '../../../../electron/host/listen.ts';
import { NOW_US, openTestStore, type StoreFixture } from '../store-fixture.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

export interface DoorFixture extends StoreFixture {
  readonly port: number;
  readonly directory: string;
  readonly board: StatusBoard;
  readonly bugs: unknown[];
}

export async function openTestDoor(more: Partial<DoorParts> = {}): Promise<DoorFixture> {
  const directory = await makeTemporaryDirectory();
  const fixture = await openTestStore(directory);
  const board = new StatusBoard(() => NOW_US);
  const bugs: unknown[] = [];
  const server = createDoor({
    clock: () => NOW_US,
    isRefusing: () => fixture.store.refusal !== undefined,
    gate: passThrough(fixture.store),
    onAccepted: (records) => {
      board.addAcknowledged(records);
    },
    onRejected: (path, rejects, count) => {
      board.addRejects(path, rejects, count);
    },
    onBug: (error) => bugs.push(error),
    ...more,
  });
  const port = await listenOn(server, 0);
  if (port === undefined) throw new Error('no free port');
  onTestFinished(() => closeServer(server, 0));
  return { ...fixture, port, directory, board, bugs };
}

/** A gate that stores nothing and takes as long as the work. */
export function gateThat(work: () => Promise<void>): IntakeGate {
  return {
    admit: async () => {
      await work();
      return { leftOut: 0, notKept: [] };
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Call {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One request over a connection of its own. */
export function call(port: number, { path, method, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: path ?? '/v1/traces/ingest',
      method: method ?? 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', ...headers },
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends raw bytes and returns all that came back until the other end closed. */
export function callRaw(port: number, bytes: string, end = false): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => {
      if (end) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.on('end', () => {
      socket.destroy();
      resolve(heard);
    });
    socket.on('error', (error) => {
      if (heard === '') reject(error);
      else resolve(heard);
    });
  });
}
