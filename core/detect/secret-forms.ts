/** Keys and tokens that are known by their form: a prefix of whoever gives them out, or the frame they stand in. */

const FORMS: readonly string[] = [
  // Models and their surroundings.
  'sk-(?:proj-|ant-|or-v1-|svcacct-|admin-|lf-)?(?=[\\w-]*\\d)[A-Za-z0-9_-]{20,220}',
  'gsk_[A-Za-z0-9]{40,60}',
  'xai-[A-Za-z0-9]{60,100}',
  'r8_[A-Za-z0-9]{30,50}',
  'hf_[A-Za-z0-9]{30,50}',
  'pplx-[A-Za-z0-9]{40,60}',
  'tvly-[A-Za-z0-9-]{20,60}',
  'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}',
  // Places where code and machines live.
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_[A-Za-z0-9_]{40,100}',
  'gl(?:pat|dt|rt|ptt|cbt|oas|soat)-[A-Za-z0-9_.-]{20,60}',
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,400}',
  'GOCSPX-[A-Za-z0-9_-]{28}',
  'npm_[A-Za-z0-9]{36}',
  'pypi-AgE[A-Za-z0-9_-]{50,250}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,40}',
  'do[oprt]_v1_[a-f0-9]{64}',
  'dapi[a-f0-9]{32}(?:-\\d)?',
  'hv[sbr]\\.[A-Za-z0-9_-]{24,200}',
  'lin_api_[A-Za-z0-9]{32,48}',
  'ntn_[A-Za-z0-9]{40,60}',
  'figd_[A-Za-z0-9_-]{40,50}',
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'NRAK-[A-Z0-9]{27}',
  'ATATT3[A-Za-z0-9_=-]{100,250}',
  'glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}',
  'sntry[su]_[A-Za-z0-9+/=_-]{40,200}',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
  // Money and messages.
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,120}',
  'whsec_[A-Za-z0-9+/]{24,80}={0,2}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'sq0(?:atp|csp)-[A-Za-z0-9_-]{22,50}',
  'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,200}',
  'xapp-\\d-[A-Za-z0-9-]{20,200}',
  '\\d{8,10}:AA[A-Za-z0-9_-]{33}',
  'key-[a-f0-9]{32}',
  // Frames.
  'eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{8,8000}\\.[A-Za-z0-9_-]{8,2000}',
];

/** What stands behind a name that is no part of it: the second group, or else all. */
const FRAMES: readonly string[] = [
  '-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{1,12000}?(?:-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)',
  'https://hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/_-]{20,120}',
  'https://(?:\\w{1,12}\\.)?discord(?:app)?\\.com/api/webhooks/\\d{15,22}/[\\w-]{30,100}',
];

export const SECRET_FORM = new RegExp(
  `(?<![A-Za-z0-9_])(?:${FORMS.join('|')})(?![A-Za-z0-9_])|${FRAMES.join('|')}`,
  'g',
);

export function holdsSecretForm(text: string): boolean {
  return text.search(SECRET_FORM) >= 0;
}

/** The first two characters of every form of the first list. */
export const SECRET_HEADS: readonly string[] = (
  'sk gs xa r8 hf pp tv ls gh gi gl AK AS AB AC AI ya GO np py dc do da hv hb hs li nt fi PM NR AT sn AG rk wh sh sq SG ' +
  'xo ke ey'
).split(' ');

/** Behind a scheme and a name: `postgres://app:PASSWORD@host`. */
export const PASSWORD_IN_URL =
  /(?<=\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'<>]{0,80}:)[^\s/@"'<>]{2,200}(?=@[\w.[\]-])/gi;

/** Headers that carry what opens something: `Authorization: Bearer …`. */
export const IN_HEADER =
  /(?<=\b(?:bearer|basic|authorization["'\\]{0,4}: ?["'\\]{0,4}(?:token|apikey))\s{1,3})[A-Za-z0-9+/_.~=-]{16,4000}[^\s"'<>\\,;)]{0,8}/gi;

/** A cheap look whether one of the above may be there. */
export const MAY_HOLD_SECRET =
  /sk[-_]|gsk_|xai-|r8_|hf_|pplx-|tvly-|lsv2_|gh[pousr]_|github_pat|gl[a-z]{2,4}-|A[KSBC][IC]A|AIza|ya29|GOCSPX|npm_|pypi-|dckr_|do[oprt]_v1|dapi|hv[sbr]\.|lin_api|ntn_|figd_|PMAK|NRAK|ATATT|glsa_|sntry|AGE-SEC|rk_|whsec|shp[a-z]{2}_|sq0|SG\.|xox|xapp|:AA|key-|eyJ|PRIVATE KEY|hooks\.slack|webhooks|:\/\/|bearer|basic|authorization/i;
