// Which shell `npm start` takes: the desktop window where Electron's binary is, else the browser; and why.

/** A failed download is not tried again for so long. */
export const REMEMBER_FAILURE_MS = 24 * 60 * 60 * 1000;

/**
 * Decides from what is known, without touching anything. `facts`: `env`, `platform`, `isRoot`, `options` (words
 * for `serve`), `binary` (path of Electron, or undefined), `failure` (`{ at, reason }` of the last download, or
 * undefined), `nowMs`. Answers `{ kind: 'desktop', binary }`, `{ kind: 'browser', why }` or `{ kind: 'download' }`.
 */
export function chooseShell({ env, platform, isRoot, options, binary, failure, nowMs }) {
  const why = findHindrance({ env, platform, isRoot, options });
  if (why !== undefined) return { kind: 'browser', why };
  if (binary !== undefined) return { kind: 'desktop', binary };
  if (isUnattended(env)) {
    return { kind: 'browser', why: 'Electron is not installed here, and CI and tests download nothing' };
  }
  if (failure !== undefined && nowMs - failure.at < REMEMBER_FAILURE_MS && nowMs >= failure.at) {
    const since = `${failure.reason}; it is tried again a day after that`;
    return { kind: 'browser', why: `downloading Electron failed lately: ${since}` };
  }
  return { kind: 'download' };
}

/** Why a window would be of no use, whether Electron is there or not. */
function findHindrance({ env, platform, isRoot, options }) {
  if (env.TRACEBENCH_SHELL === 'browser') return 'TRACEBENCH_SHELL asks for it';
  if (options.length > 0) return `${options[0]} is an option of the browser host`;
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display for a window';
  return isRoot ? 'Electron does not run as root' : undefined;
}

function isUnattended(env) {
  return Boolean(env.CI) || env.NODE_ENV === 'test' || env.VITEST !== undefined;
}
