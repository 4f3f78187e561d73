/**
 * Markdown as a tree of the few elements that the page draws itself. The words of a trace are hostile: HTML
 * stays text, no address is ever loaded, and what is not in the list below is its own text.
 */
import MarkdownIt, { type Token } from 'markdown-it';

/** Elements that are drawn; all others are only their content. */
export const MARKDOWN_TAGS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'em',
  'strong',
  's',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
] as const;
export type MarkdownTag = (typeof MARKDOWN_TAGS)[number];

export type MarkdownNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'rule' }
  | { readonly kind: 'code'; readonly text: string; readonly block: boolean }
  /** An address that is named and never followed. */
  | { readonly kind: 'link'; readonly address: string; readonly children: readonly MarkdownNode[] }
  | { readonly kind: 'image'; readonly address: string; readonly text: string }
  | { readonly kind: 'element'; readonly tag: MarkdownTag; readonly children: readonly MarkdownNode[] };

const TAGS: ReadonlySet<string> = new Set(MARKDOWN_TAGS);
/** Deeper nesting stays text: nobody writes it but to harm. */
const DEEPEST = 24;
const parser = new MarkdownIt({ html: false, linkify: false, breaks: true, maxNesting: DEEPEST });
// The address of a link is shown and not followed, so none is hidden for what it says.
parser.validateLink = () => true;
parser.normalizeLink = (address) => address;

interface Open {
  readonly tag: string;
  readonly address: string;
  readonly children: MarkdownNode[];
}

export function readMarkdown(text: string): readonly MarkdownNode[] {
  const top: Open = { tag: '', address: '', children: [] };
  addTokens(parser.parse(text, {}), top);
  return top.children;
}

/** The tokens are a flat list of openings and closings; those of a paragraph hold a list of their own. */
function addTokens(tokens: readonly Token[], top: Open): void {
  const stack = [top];
  for (const token of tokens) {
    const open = stack.at(-1) ?? top;
    if (token.nesting === 1) {
      stack.push({
        tag: token.hidden ? '' : token.tag,
        address: String(token.attrGet('href') ?? ''),
        children: [],
      });
    } else if (token.nesting === -1) {
      if (stack.length > 1) close(stack);
    } else if (token.type === 'inline') {
      addTokens(token.children ?? [], open);
    } else {
      const node = readLeaf(token);
      if (node !== undefined) open.children.push(node);
    }
  }
  while (stack.length > 1) close(stack);
}

function close(stack: Open[]): void {
  const done = stack.pop();
  const above = stack.at(-1);
  if (done === undefined || above === undefined) return;
  const { tag, address, children } = done;
  if (tag === 'a') above.children.push({ kind: 'link', address, children });
  else if (isTag(tag)) above.children.push({ kind: 'element', tag, children });
  else above.children.push(...children);
}

function isTag(tag: string): tag is MarkdownTag {
  return TAGS.has(tag);
}

function readLeaf(token: Token): MarkdownNode | undefined {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      return { kind: 'break' };
    case 'hr':
      return { kind: 'rule' };
    case 'code_inline':
      return { kind: 'code', text: token.content, block: false };
    case 'code_block':
    case 'fence':
      return { kind: 'code', text: token.content, block: true };
    case 'image':
      return { kind: 'image', address: String(token.attrGet('src') ?? ''), text: token.content };
    default:
      return token.content === '' ? undefined : { kind: 'text', text: token.content };
  }
}
