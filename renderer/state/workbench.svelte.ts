/** All that the page knows, put together once. Panels are given the parts they show. */
import { Imports } from './imports.svelte.ts';
import { Library } from './library.svelte.ts';
import { Link } from './link.svelte.ts';
import { OpenTrace } from './open-trace.svelte.ts';
import { Route } from './route.svelte.ts';
import { SpanInspection } from './span-inspection.svelte.ts';
import { Theme } from './theme.svelte.ts';
import { takeToken, watchToken } from './token.ts';

export class Workbench {
  readonly link: Link;
  readonly library: Library;
  readonly openTrace: OpenTrace;
  readonly inspection: SpanInspection;
  readonly imports: Imports;
  readonly route: Route;
  readonly theme = new Theme();

  constructor() {
    const token = takeToken();
    watchToken(() => {
      location.reload();
    });
    this.route = new Route();
    this.link = new Link(`ws://${location.host}/rpc`, token);
    this.library = new Library(this.link);
    this.openTrace = new OpenTrace(this.link);
    this.inspection = new SpanInspection(this.link);
    this.imports = new Imports(this.link, () => crypto.randomUUID());
    this.link.start();
  }
}
