import { clipped } from './text.ts';

/** The most of an output that is read at all, in characters, and the most that is kept, in bytes. */
const MOST_READ = 64 * 1024;
export const MOST_KEPT = 2_048;

/** What stands where a secret was. */
export const MASK = '[masked]';

/** What names of secrets say. */
const telling =
  '(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|authorization|credential)';
/** A value, between quotes or up to a blank. */
const value = `(?:"(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|[^\\s,;}"']+)`;
const is = `["']?\\s{0,5}[:=]\\s{0,5}`;

/** What looks like a secret, and what is left of it. Each runs in linear time. */
const secrets: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, MASK],
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, MASK],
  [/\bey[JI][\w-]{5,2000}\.[\w-]{5,4000}\.?[\w-]*/g, MASK],
  [/\bk8s-aws-v1\.[\w-]+/g, MASK],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|sk-|sk_live_|rk_live_)[\w-]{10,}/g, MASK],
  [/\b(bearer|basic)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${MASK}`],
  [/(:\/\/[^\s:/@]{0,100}:)[^\s@/]{1,200}@/g, `$1${MASK}@`],
  [new RegExp(`(${telling}[\\w-]{0,40}${is})${value}`, 'gi'), `$1${MASK}`],
  // As a pair of a name and a value, in lines or in JSON.
  [
    new RegExp(
      `(\\bname${is}["']?[\\w.-]{0,60}${telling}[\\w.-]{0,40}["']?\\s{0,5},?\\s{0,80}["']?value${is})${value}`,
      'gi',
    ),
    `$1${MASK}`,
  ],
  [
    new RegExp(
      `(\\bvalue${is})(?:"(?:[^"\\\\]|\\\\.){0,500}"|[^\\s,;}"']{1,500})(\\s{0,5},?\\s{0,80}["']?name${is}["']?[\\w.-]{0,60}${telling})`,
      'gi',
    ),
    `$1${MASK}$2`,
  ],
];

/** A code of a terminal: a control character that is no blank, and what belongs to it. */
const codes = /[^\P{Cc}\n\t\r](?:\[[0-?]{0,40}[ -/]{0,10}[@-~]|\][^\p{Cc}]{0,200})?/gu;

/** An output as it is kept and shown: without what looks like a secret, without codes of a terminal, and cut. */
export function masked(text: string, bytes = MOST_KEPT): string {
  const plain = text
    .slice(0, MOST_READ)
    .toWellFormed()
    .replaceAll(codes, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
  const safe = secrets.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), plain);
  return clipped(safe, bytes);
}
