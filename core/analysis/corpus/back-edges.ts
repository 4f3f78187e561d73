/**
 * Which edges of the map lead back. Edges are taken by how often they were gone, the most first; one that would close
 * a circle with those that were taken leads back, so that the main way is drawn forwards whatever comes round.
 */
export interface WeighedEdge {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** The edges that lead back, itself to itself among them. */
export function findBackEdges<Edge extends WeighedEdge>(edges: readonly Edge[]): ReadonlySet<Edge> {
  const next = new Map<string, string[]>();
  const back = new Set<Edge>();
  for (const edge of edges.toSorted((a, b) => b.count - a.count)) {
    if (isReachable(next, edge.to, edge.from)) {
      back.add(edge);
      continue;
    }
    const known = next.get(edge.from);
    if (known === undefined) next.set(edge.from, [edge.to]);
    else known.push(edge.to);
  }
  return back;
}

function isReachable(next: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    for (const other of next.get(name) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return false;
}
