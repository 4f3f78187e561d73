/** The paths of elements, and which paths lead to one. */
export class ElementPaths {
  readonly #own: ReadonlySet<string>;
  readonly #leading: ReadonlySet<string>;

  constructor(paths: readonly string[]) {
    this.#own = new Set(paths);
    const leading = paths.flatMap((path) => {
      const words = path.split('.');
      return words.map((_, i) => words.slice(0, i).join('.'));
    });
    // Elements that are the values of the file itself are not opened for others inside them.
    this.#leading = new Set(leading.filter((path) => !this.#own.has(path)));
  }

  /** True for the path of elements. */
  has(path: string): boolean {
    return this.#own.has(path);
  }

  /** True for a path that elements stand behind. */
  leads(path: string): boolean {
    return this.#leading.has(path);
  }
}
