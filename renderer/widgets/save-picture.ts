/** Drawings of the page as files: SVG that stands by itself, the same as PNG, and a file handed to the person. */

/** Of a drawing's look what any reader of SVG understands. */
const LOOKS = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const;

/** Device pixels to one of the drawing: sharp in a document that is read on a good screen. */
const PNG_RATIO = 2;
/** Around a saved drawing, and for its title above it, CSS pixels. */
const AROUND_PX = 14;
const TITLE_PX = 34;

/** The drawing with its colours and type written into it, on its own ground and below its title. */
export function writeSvg(drawing: SVGSVGElement, title: string): string {
  const copy = document.importNode(drawing, true);
  const { width, height } = drawing.getBoundingClientRect();
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const own = copies[i];
    if (own === undefined) return;
    const style = getComputedStyle(original);
    for (const look of LOOKS) own.setAttribute(look, plainColour(style.getPropertyValue(look)));
    for (const name of ['class', 'style', 'tabindex', 'role']) own.removeAttribute(name);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const [wide, tall] = [width + 2 * AROUND_PX, height + TITLE_PX + AROUND_PX];
  const corner = { x: -AROUND_PX, y: -TITLE_PX };
  const size = { width: wide, height: tall };
  setAll(copy, { ...size, viewBox: [corner.x, corner.y, wide, tall].join(' ') });
  const { color, fontFamily } = getComputedStyle(drawing);
  const head = make('text', { x: 0, y: -12, 'font-size': 14, 'font-weight': 600, 'font-family': fontFamily });
  head.setAttribute('fill', plainColour(color));
  head.textContent = title;
  copy.prepend(make('rect', { ...corner, ...size, fill: groundOf(drawing) }), head);
  return new XMLSerializer().serializeToString(copy);
}

type Attributes = Readonly<Record<string, string | number>>;

function make(name: 'rect' | 'text', attributes: Attributes): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAll(made, attributes);
  return made;
}

function setAll(element: SVGElement, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** The first colour below the drawing that is one. */
function groundOf(element: Element): string {
  for (let each: Element | null = element; each !== null; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent') return plainColour(colour);
  }
  return '#ffffff';
}

const known = new Map<string, string>();

/** Colours of today's style sheets as `rgb(…)`, which every reader knows; whatever is no colour stays as it is. */
export function plainColour(value: string): string {
  if (!/^(ok|lab|lch|color|hsl|hwb)/.test(value)) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return value;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opaque = 255] = context.getImageData(0, 0, 1, 1).data;
  const rgb = [red, green, blue].join(', ');
  const plain = opaque === 255 ? `rgb(${rgb})` : `rgba(${rgb}, ${String(opaque / 255)})`;
  known.set(value, plain);
  return plain;
}

/** Rejects where the browser cannot draw it. */
export async function drawPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(image.naturalWidth * PNG_RATIO);
    canvas.height = Math.ceil(image.naturalHeight * PNG_RATIO);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser gives no canvas to draw on.');
    context.scale(PNG_RATIO, PNG_RATIO);
    context.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('The picture is too large for this browser.'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Offers a file as a download; letters that a disk may refuse are left out of its name. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const dot = name.lastIndexOf('.');
  const stem = name
    .slice(0, dot)
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 80);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `${stem || 'tracebench'}${name.slice(dot)}`;
  link.click();
  // The click has taken it; a task later nothing reads the address any more.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}
