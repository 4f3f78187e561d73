/** Names and texts that traces are made of, in several scripts: byte counts, widths and directions all differ. */
import { Prng } from './prng.ts';

export const AGENT_NAMES = [
  ...['Triage', 'Billing', 'Refunds', 'Research', 'Writer', 'Reviewer', 'Planner', 'Coder', 'Data analyst'],
  ...['Übersetzer', 'Prüfstelle', '翻译助手', '客服', 'مساعد', 'עוזר', 'Shopping 🛒'],
] as const;

export const TOOL_NAMES = [
  ...['lookup_invoice', 'issue_refund', 'search_web', 'read_file', 'write_file', 'run_query', 'send_mail'],
  ...['get_weather', 'list_orders', 'convert_currency', 'suche_kunde', '查询订单', 'fetch_page', 'run_tests'],
] as const;

export const GUARDRAIL_NAMES = ['pii', 'jailbreak_check', 'off_topic', 'toxicity', 'Preisgrenze'] as const;
export const MODEL_NAMES = [
  'gpt-5.1',
  'gpt-5.1-mini',
  'gpt-4.1',
  'o4-mini',
  'litellm/claude-sonnet',
] as const;
export const SERVER_NAMES = ['filesystem', 'github', 'jira'] as const;
export const STEP_NAMES = [
  'retrieve',
  'rerank',
  'sandbox.create_session',
  'Zusammenführen',
  '清洗数据',
] as const;
export const WORKFLOW_NAMES = [
  ...[
    'Support desk',
    'Agent workflow',
    'Nightly report',
    'Code review',
    'Research assistant',
    'Trip planner',
  ],
  ...['Rechnungsprüfung', '客户支持', 'Ünïcødé ✈️ workflow'],
] as const;

interface Language {
  /** UTF-8 bytes a UTF-16 unit, about. */
  readonly bytesPerUnit: number;
  readonly words: readonly string[];
  readonly space: string;
}

const LANGUAGES: readonly Language[] = [
  {
    bytesPerUnit: 1,
    space: ' ',
    words: (
      'the invoice was paid twice on Monday and customer asks for a refund of 19.99 EUR please check status ' +
      'order number shipping address before we answer "quoted" path C:\\temp\\file.txt if (a < b) { return; } ' +
      'summary:\n- first item\n- second item\n https://example.com/a?b=c&d=e agent tool result model token'
    ).split(' '),
  },
  {
    bytesPerUnit: 1.04,
    space: ' ',
    words: (
      'Überprüfe bitte die Rechnung über 19,99 € und prüfe ob größere Beträge fällig sind Straße Köln ' +
      'Geschäftsführer möchte außerdem wissen warum Lieferung später käme „Zitat“ Ärger Öffnungszeiten'
    ).split(' '),
  },
  {
    bytesPerUnit: 2.97,
    space: '',
    words:
      '请检查 这张 发票 是否 已经 付款 ， 客户 要求 退款 。 订单 号码 为 12345 ， 谢谢 您 的 帮助 ！\n'.split(
        ' ',
      ),
  },
  {
    bytesPerUnit: 1.82,
    space: ' ',
    words: 'يرجى التحقق من الفاتورة والرد على العميل رقم 42 שלום אנא בדוק את ההזמנה והשב ללקוח תודה'.split(
      ' ',
    ),
  },
  {
    bytesPerUnit: 1.7,
    space: ' ',
    words: '🚀 done ✅ 👩‍💻 shipped 🎉 warning ⚠️ 🇩🇪 naïve café 1️⃣ ok 🤖 thinking 💸 refund 😀 hello'.split(
      ' ',
    ),
  },
];

/** How often each language speaks, of ten. */
const SHARES = [0, 0, 0, 0, 0, 1, 1, 2, 3, 4] as const;
const CORPUS_UNITS = 40_000;

const CORPORA = LANGUAGES.map((language, i) => {
  const prng = new Prng(i + 1);
  let text = '';
  while (text.length < CORPUS_UNITS) text += prng.pick(language.words) + language.space;
  return { text, bytesPerUnit: language.bytesPerUnit };
});

/** About `bytes` of UTF-8 text of one language, cut between characters. */
export function makeText(prng: Prng, bytes: number): string {
  const corpus = CORPORA[prng.pick(SHARES)];
  if (corpus === undefined) throw new RangeError('no such language');
  const units = Math.min(Math.max(1, Math.round(bytes / corpus.bytesPerUnit)), CORPUS_UNITS / 2);
  let from = prng.int(0, CORPUS_UNITS / 2 - 2);
  let to = from + units;
  if (isLowSurrogate(corpus.text, from)) from++;
  if (isLowSurrogate(corpus.text, to)) to++;
  return corpus.text.slice(from, to);
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}
