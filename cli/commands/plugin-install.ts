/** `plugin install`: says what a plugin may read and do before anything of it runs, and takes it where that is agreed to. */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { visible } from '../../core/analysis/text-view.ts';
import { findHostConnection } from '../../electron/host/client/open-trace-source.ts';
import { findDataDirectory } from '../../electron/host/data-directory.ts';
import { systemClock } from '../../electron/host/host.ts';
import { installWithoutHost } from '../../electron/host/plugins/author/install-without-host.ts';
import { describeOffer } from '../../electron/host/plugins/install-plugin.ts';
import { loadPlugin } from '../../electron/host/plugins/load-plugin.ts';
import type { PluginOffer } from '../../core/rpc/plugins.ts';
import { describeRights } from '../describe-rights.ts';
import { ExitCode, print, printJson, say } from '../output.ts';

export interface PluginInstallOptions {
  readonly data?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function pluginInstall(path: string, options: PluginInstallOptions): Promise<ExitCode> {
  const { data, yes = false, json = false } = options;
  const whole = resolve(path);
  const offer = describeOffer(await loadPlugin(whole), undefined);
  say(wordsOf(offer));
  if (!yes && !(await agrees())) {
    if (json) await printJson({ installed: false, ...offer });
    say('Nothing was installed.');
    return ExitCode.partial;
  }
  await install(findDataDirectory(data), whole, offer.bundleHash);
  if (json) await printJson({ installed: true, ...offer });
  else await print(`Installed ${offer.id} ${offer.version}.\n`);
  return ExitCode.done;
}

function wordsOf(offer: PluginOffer): string {
  const { id, version, name, description, author, license } = offer;
  const by = author === '' ? '' : ` by ${visible(author)}`;
  const under = license === '' ? '' : `, ${visible(license)}`;
  const head = `${visible(name)} (${id} ${version}${by}${under})\n${visible(description)}`.trimEnd();
  return `${head}\n\n${describeRights(offer)}`;
}

/** Asks where somebody sits there; else `--yes` has to be given. */
async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say('Give --yes to agree to that.');
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question('Install it? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}

async function install(directory: string, path: string, bundleHash: string): Promise<void> {
  const connection = await findHostConnection(directory, process.env['TRACEBENCH_URL'], 'toWrite');
  if (connection === undefined) {
    await installWithoutHost(directory, path, bundleHash, systemClock);
    return;
  }
  try {
    await connection.request('plugins.install', { path, bundleHash });
  } finally {
    connection.close();
  }
}
