/** One plain line for the person who runs the program; the only thing that is ever written to the console. */
export function warn(line: string): void {
  // eslint-disable-next-line no-console -- the program's console is where its owner looks
  console.warn(line);
}
