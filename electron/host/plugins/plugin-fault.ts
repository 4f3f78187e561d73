/** A plugin that cannot be loaded or did not do its work: expected, told in words, and the end of its run. */
export class PluginFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PluginFault';
  }
}
