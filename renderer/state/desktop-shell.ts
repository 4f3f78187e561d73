/** The desktop shell around this page, where there is one, and the lines to the host that it hands out. */
import { makeMessagePort } from '../../core/rpc/message-port.ts';
import type { Port } from '../../core/rpc/connection.ts';
import { SHELL_NAME, type DesktopShell, type PortMessage } from '../../core/rpc/shell.ts';

/** Undefined in a browser. */
export function findDesktopShell(): DesktopShell | undefined {
  const found: unknown = Reflect.get(globalThis, SHELL_NAME);
  return isDesktopShell(found) ? found : undefined;
}

/** A line of its own to the host, ready to be handed to a worker. As many as are asked for. */
export function openShellPort(shell: DesktopShell): Promise<MessagePort> {
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    const hear = (event: MessageEvent<unknown>): void => {
      const [port] = event.ports;
      if (event.source !== window || port === undefined || !isPortMessage(event.data, id)) return;
      removeEventListener('message', hear);
      resolve(port);
    };
    addEventListener('message', hear);
    shell.openPort(id);
  });
}

/** The same as a port of the contract. */
export async function openShellLine(shell: DesktopShell): Promise<Port> {
  return makeMessagePort(await openShellPort(shell));
}

/** The preload put it there, whole; anything else under this name is none. */
function isDesktopShell(value: unknown): value is DesktopShell {
  return typeof value === 'object' && value !== null && 'openPort' in value && 'onWords' in value;
}

function isPortMessage(value: unknown, id: string): value is PortMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'tracebench-port' &&
    'id' in value &&
    value.id === id
  );
}
