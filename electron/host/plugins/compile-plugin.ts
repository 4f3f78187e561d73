/**
 * The author's one file as JavaScript for the guest: types are taken out and imports become `require`, line by line,
 * so a stack trace names the author's own lines without a source map.
 */
import { transform } from 'sucrase';
import { PluginFault } from './plugin-fault.ts';

export function compilePlugin(text: string, fileName: string): string {
  try {
    return writeScript(text, fileName);
  } catch (error) {
    throw asFault(findNearer(text, fileName) ?? error);
  }
}

function writeScript(text: string, fileName: string): string {
  const isTyped = fileName.endsWith('.ts');
  return transform(text, {
    transforms: isTyped ? ['typescript', 'imports'] : ['imports'],
    disableESTransforms: true,
    filePath: fileName,
  }).code;
}

/**
 * Any slip within `definePlugin<Parts>({…})` is told of the `<`, which is then read as a comparison. Without what
 * stands between the angles, the place of the slip itself is told.
 */
function findNearer(text: string, fileName: string): unknown {
  const bare = text.replace(/(?<=\bdefinePlugin)<[\s\S]*?>(?=\()/g, (angles) =>
    angles.replace(/[^\n]/g, ' '),
  );
  if (bare === text) return undefined;
  try {
    writeScript(bare, fileName);
    return undefined;
  } catch (error) {
    return error;
  }
}

function asFault(error: unknown): PluginFault {
  return new PluginFault(error instanceof Error ? error.message : String(error), error);
}
