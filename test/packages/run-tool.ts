/** Runs a tool of packaging to its end, without a word of it on the console unless it fails. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Answers its stdout. Throws with all it said where it fails. */
export function runTool(command: string, words: readonly string[], cwd = ROOT): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, [...words], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} ${words.join(' ')}: ${error.message}\n${stdout}\n${stderr}`));
    });
  });
}
