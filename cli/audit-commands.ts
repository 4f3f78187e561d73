/** The words of keeping records: the audit log, what verifies it, legal holds, and erasing a person. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { AUDIT_ACTIONS } from '../core/audit/audit-record.ts';
import { auditHead, auditKey, auditList, type HeadOptions, type RecordOptions } from './commands/audit.ts';
import { erase, type EraseOptions } from './commands/erase.ts';
import { holdAdd, holdList, holdRelease, type HoldOptions, type NewHoldOptions } from './commands/hold.ts';
import { verifyAudit, type VerifyOptions } from './commands/verify.ts';
import type { ExitCode } from './output.ts';
import type { HelpTexts } from './plugin-commands.ts';

type End = (code: ExitCode) => void;

const DATA = '--data <dir>';

export function addAudit(program: Command, help: HelpTexts, end: End): void {
  const audit = program.command('audit').description('look at the audit log, and sign its head');
  audit
    .command('head')
    .description('print the number and the hash of the last record, to be kept somewhere else')
    .option('--sign', 'print it as JSON, signed with the key of the data directory')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: HeadOptions) => end(await auditHead(options)));
  audit
    .command('key')
    .description('print the public key that belongs to signed heads')
    .option(DATA, help.data)
    .action(async (options: { readonly data?: string }) => end(await auditKey(options)));
  audit
    .command('list')
    .description('list records, the newest first')
    .addOption(new Option('--action <action>', 'of one action alone').choices([...AUDIT_ACTIONS]))
    .option('--limit <n>', 'at most so many', readCount, 50)
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: RecordOptions) => end(await auditList(options)));
  program
    .command('verify')
    .description('verify the chain of an audit log')
    .argument('[path...]', 'files or a folder (default: the log of the data directory)')
    .option('--head <hash-or-file>', 'a head that must be in it: a hash, or the file of a signed head')
    .option('--key <file>', 'the public key of the signed head')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (paths: readonly string[], options: VerifyOptions) =>
      end(await verifyAudit(paths, options)),
    );
  addHold(program, help, end);
  program
    .command('erase')
    .description('delete everything of one user, take it off the disk, and destroy the keys of its digests')
    .requiredOption('--user <id>', 'as the metadata of traces names the user')
    .option('--dry-run', 'say what would go, and change nothing')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: EraseOptions) => end(await erase(options)));
  for (const command of audit.commands) command.exitOverride().showHelpAfterError();
}

function addHold(program: Command, help: HelpTexts, end: End): void {
  const hold = program.command('hold').description('keep traces from being deleted, by anybody and any rule');
  hold
    .command('add')
    .description('hold a trace, a group, or what a query finds now and later')
    .option('--trace <id>')
    .option('--group <id>')
    .option('--query <query>')
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: NewHoldOptions) => end(await holdAdd(options)));
  hold
    .command('list')
    .description('list the holds, and how many traces each keeps')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (options: HoldOptions) => end(await holdList(options)));
  hold
    .command('release')
    .description('release a hold; its traces may be deleted again')
    .argument('<id>', 'as `hold list` shows it')
    .option('--reason <text>', 'why; it is recorded', '')
    .option(DATA, help.data)
    .option('--json', help.json)
    .action(async (id: string, options: HoldOptions & { readonly reason: string }) =>
      end(await holdRelease(id, options)),
    );
  for (const command of hold.commands) command.exitOverride().showHelpAfterError();
}

function readCount(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}
