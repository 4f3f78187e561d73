/** The part of a plugin's graph that can be read as a drawing: the heaviest lines, and the nodes at their ends. */

export interface WholeGraph {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly weight: number }[];
}

export interface ChosenGraph {
  readonly nodes: readonly string[];
  /** Between places of `nodes`. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
  /** How many of each are not drawn. */
  readonly leftNodes: number;
  readonly leftEdges: number;
}

const MOST_NODES = 60;
const MOST_EDGES = 160;

export function chooseGraph({ nodes, edges }: WholeGraph): ChosenGraph {
  const places = new Map<string, number>();
  const place = (node: string): number | undefined => {
    const known = places.get(node);
    if (known !== undefined || places.size >= MOST_NODES) return known;
    places.set(node, places.size);
    return places.size - 1;
  };
  const heaviest = [...edges].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_EDGES);
  const drawn = heaviest.flatMap(({ from, to, weight }) => {
    // Both ends or none: a node without a line is drawn only where there is room.
    const isThere = Number(places.has(from)) + Number(places.has(to));
    if (places.size + 2 - isThere > MOST_NODES && from !== to) return [];
    const [first, last] = [place(from), place(to)];
    return first === undefined || last === undefined ? [] : [{ from: first, to: last, weight }];
  });
  for (const node of nodes) place(node);
  const all = new Set([...nodes, ...edges.flatMap(({ from, to }) => [from, to])]);
  return {
    nodes: [...places.keys()],
    edges: drawn,
    leftNodes: all.size - places.size,
    leftEdges: edges.length - drawn.length,
  };
}
