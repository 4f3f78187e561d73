/** The lines between cards: forward from side to side, back to an earlier card in a bow below all others. */
import { curveBumpX, line, path } from 'd3';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a line runs and where it points. */
export interface EdgePath {
  readonly line: string;
  readonly head: string;
}

const HEAD_PX = 8;

/** Through every point, level at both ends; the head points right. */
export function forwardPath(points: readonly Point[]): EdgePath {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const drawn = [...points.slice(0, -1), { x: last.x - HEAD_PX, y: last.y }];
  const curve = line<Point>(
    ({ x }) => x,
    ({ y }) => y,
  ).curve(curveBumpX);
  return { line: curve(drawn) ?? '', head: headAt(last, 1, 0) };
}

/** From below one card to below another; `bottom` is where the bow turns. The head points up. */
export function bowPath(from: Point, to: Point, bottom: number): EdgePath {
  const bow = path();
  const end = { x: to.x, y: to.y + HEAD_PX };
  const wide = Math.abs(from.x - end.x) < 24 ? 26 : 0;
  bow.moveTo(from.x + wide / 2, from.y);
  bow.bezierCurveTo(from.x + wide, bottom, end.x - wide, bottom, end.x - wide / 2, end.y);
  return { line: bow.toString(), head: headAt({ x: to.x - wide / 2, y: to.y }, 0, -1) };
}

/** A small triangle whose tip is at a point; `dx`, `dy` is the direction it points in. */
function headAt(tip: Point, dx: number, dy: number): string {
  const back = { x: tip.x - dx * HEAD_PX, y: tip.y - dy * HEAD_PX };
  const side = { x: -dy * HEAD_PX * 0.5, y: dx * HEAD_PX * 0.5 };
  const head = path();
  head.moveTo(tip.x, tip.y);
  head.lineTo(back.x + side.x, back.y + side.y);
  head.lineTo(back.x - side.x, back.y - side.y);
  head.closePath();
  return head.toString();
}
