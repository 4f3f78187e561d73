/** Main's end of the line to the host's process: starts it, hands it ports, hears what it says, ends it. */
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { isHostWords, type HostWords, type ShellHostOptions, type ShellWords } from './host/shell/words.ts';

/** A host that takes longer to close is given up: the journal needs no close to be whole. */
const CLOSE_MS = 4000;

export interface HostEvents {
  onWords(words: HostWords): void;
  /** The process is gone. `asked`: because we closed it. */
  onEnd(code: number, asked: boolean): void;
}

export class HostLink {
  readonly #child: UtilityProcess;
  readonly #ended: Promise<void>;
  #asked = false;

  /** Starts the process. Its words go where ours go. */
  constructor(modulePath: string, options: ShellHostOptions, events: HostEvents) {
    this.#child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Tracebench host',
      stdio: 'inherit',
    });
    this.#child.on('message', (words: unknown) => {
      if (isHostWords(words)) events.onWords(words);
    });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        resolve();
        events.onEnd(code, this.#asked);
      });
    });
    this.#say({ kind: 'start', options });
  }

  /** From here on page and host speak with each other alone. */
  connect(port: MessagePortMain): void {
    this.#say({ kind: 'connect' }, [port]);
  }

  /** Resolves once the process has ended. */
  async close(): Promise<void> {
    this.#asked = true;
    this.#say({ kind: 'close' });
    const timer = setTimeout(() => this.#child.kill(), CLOSE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #say(words: ShellWords, ports: MessagePortMain[] = []): void {
    this.#child.postMessage(words, ports);
  }
}
