/**
 * The author's one file as JavaScript for the guest: types are taken out and imports become `require`, line by line,
 * so a stack trace names the author's own lines without a source map.
 */
import { transform } from 'sucrase';
import { PluginFault } from './plugin-fault.ts';

export function compilePlugin(text: string, fileName: string): string {
  try {
    const isTyped = fileName.endsWith('.ts');
    return transform(text, {
      transforms: isTyped ? ['typescript', 'imports'] : ['imports'],
      disableESTransforms: true,
      filePath: fileName,
    }).code;
  } catch (error) {
    throw new PluginFault(error instanceof Error ? error.message : String(error), error);
  }
}
