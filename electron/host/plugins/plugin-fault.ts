/** A plugin that cannot be loaded or did not do its work: expected, told in words, and the end of its run. */
export class PluginFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PluginFault';
  }
}

/** It does not run just now, so it was not even asked: it is started again in a moment, was given up or switched off. */
export class PluginUnavailable extends PluginFault {
  constructor(message: string, cause?: unknown) {
    super(message, cause);
    this.name = 'PluginUnavailable';
  }
}
