import type { SignalState } from '../../signal.ts';
import { stateOf } from '../../state-words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words of an end that mean nothing else, in a place where a state stands. */
const endings = set('resolved recovered recovery ok okay closed cleared');
/** Words of an end that a subject also says of what rises, of an environment or of a priority. */
const ambiguous = set('up clear fixed');
const ambiguousAtEnd = set('up normal healthy clear fixed green');
const taken = set('acknowledged acknowledgement acked');
const begun = set('firing triggered alerting reopened down');
const things = set('alert alerts alarm alarms problem problems');
/** What stands before a state at the end, and what may stand between them. */
const before = set('is are was has have : -');
const between = set('now again back been to fully');

/** So much of a subject is looked at, in UTF-16 units. */
const LOOKED_AT = 300;
const PREFIXES = /^\s*(?:(?:re|fw|fwd|aw|wg)\s?:\s*)+/i;
const GROUP = /\[([^\][]{1,60})\]|\*{1,3} ?(\p{L}{2,20}) ?\*{1,3}/gu;

/**
 * The state that a subject says in a place where states stand: in brackets or asterisks, as its first word, or last after "is", a colon
 * or a dash. Words elsewhere may tell what fires ("Latency above normal", "Scale up failed"), and an end that is none is a lost page.
 */
export function stateOfSubject(subject: string): SignalState | undefined {
  const said = subject.slice(0, LOOKED_AT).replace(PREFIXES, '');
  const groups = [...said.matchAll(GROUP)].map((group) => wordsOf(group[1] ?? group[2] ?? ''));
  const bare = said
    .replaceAll(GROUP, ' ')
    .replaceAll('*', ' ')
    .trim()
    .replace(/^[-:|]\s+/, '');
  const heads = groups.map((words) => (words.length === 1 ? meaning(words[0]) : undefined));
  const leading = said.trim().startsWith('[') ? heads : [];
  const explicit = [...leading, firstOf(bare), ...heads].find((state) => state !== undefined);
  if (explicit !== undefined) return explicit;
  const isThing = [...groups, wordsOf(bare)].some(([first = '']) => things.has(first.toLowerCase()));
  const [head = '', ...rest] = bare.split(':');
  const early = rest.length > 0 && !/\p{Ll}\S*$/u.test(head.trim()) ? lastOf(head, isThing) : undefined;
  return early ?? lastOf(bare, isThing);
}

const wordsOf = (text: string): readonly string[] => text.match(/\p{L}[\p{L}\p{N}]*/gu) ?? [];

/** What a word means that stands where a state does. */
function meaning(word = ''): SignalState | undefined {
  const lower = word.toLowerCase();
  if (endings.has(lower) || ambiguous.has(lower)) return 'resolved';
  if (taken.has(lower)) return 'acknowledged';
  return begun.has(lower) ? 'firing' : undefined;
}

/** The first word: before a mark that sets it apart, or before a blank where it can be nothing but a state. */
function firstOf(text: string): SignalState | undefined {
  const [, word = '', mark = ''] = /^(\p{L}+)(\s?[:!|]|\s[-\u2013\u2014](?=\s)|(?=\s|$))/u.exec(text) ?? [];
  const next = wordsOf(text.slice(word.length))[0];
  // "Recovery failed", "OK button is down": it is not the state.
  if (!/^(?:resolved|recovered)$/i.test(word) && next !== undefined && isBegun(next)) return undefined;
  if (mark !== '') return meaning(word);
  const isState =
    /^(?:RECOVERY|OK|CLEARED|CLOSED|ACKNOWLEDGEMENT|[Rr](?:esolved|ecovered)|RE(?:SOLVED|COVERED))$/;
  return isState.test(word) ? meaning(word) : undefined;
}

/** The last word after "is", a colon or a dash, where nothing before it says that something fires. */
function lastOf(text: string, isThing: boolean): SignalState | undefined {
  const tokens =
    text.replace(/ \([^()]{1,60}\)$/, '').match(/[\p{L}\p{N}][^\s:]*|:|[-\u2013\u2014](?=\s)/gu) ?? [];
  const plain = tokens.map((token) => token.replace(/[.!?,;"'…]{1,5}$/, '').replace(/^[\u2013\u2014]/, '-'));
  while (plain.length > 0 && /^(?:again|now)$/i.test(plain.at(-1) ?? '')) plain.pop();
  const last = plain.pop()?.toLowerCase() ?? '';
  while (between.has(plain.at(-1)?.toLowerCase() ?? '')) plain.pop();
  if (!before.has(plain.at(-1)?.toLowerCase() ?? '') || plain.length < 2) return undefined;
  if (wordsOf(plain.join(' ')).some(isBegun)) return undefined;
  if (taken.has(last)) return 'acknowledged';
  return endings.has(last) || (ambiguousAtEnd.has(last) && !isThing) ? 'resolved' : undefined;
}

/** Whether a word says of itself that something fires; names of the thing do not. */
const isBegun = (word: string): boolean => !things.has(word.toLowerCase()) && stateOf(word) === 'firing';
