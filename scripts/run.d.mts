/** Types of run.mjs, as far as tests use it. */
export function npmCommand(): [command: string, ...words: string[]];
