import { type Parsed, quoted } from './parsed.ts';

/** Flags that take a value, by every spelling; each verb takes only its own. */
const spelled: Readonly<Record<string, string>> = {
  '-n': 'namespace',
  '--namespace': 'namespace',
  '-l': 'selector',
  '--selector': 'selector',
  '-p': 'patch',
  '--patch': 'patch',
  '--type': 'type',
  '--replicas': 'replicas',
  '--current-replicas': 'current-replicas',
  '--tail': 'tail',
  '--since': 'since',
  '-c': 'container',
  '--container': 'container',
  '--to-revision': 'to-revision',
};
/** Flags without a value. */
const plain: Readonly<Record<string, string>> = { '--previous': 'previous' };

/** The words of a command line that are no flags, and the flags by their long names. */
export interface Sorted {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

/** Divides words into flags and others. `-p` means a patch, but for logs, where it means the container before. */
export function sortWords(all: readonly string[], takes: ReadonlySet<string>): Parsed<Sorted> {
  const words: string[] = [];
  const flags = new Map<string, string>();
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const flag = readFlag(word, all[at + 1], takes);
    if ('refused' in flag) return flag;
    const { name, value, usedNext } = flag.value;
    if (flags.has(name)) return { refused: `the flag --${name} is there twice` };
    flags.set(name, value);
    if (usedNext) at++;
  }
  return { value: { words, flags } };
}

interface Flag {
  readonly name: string;
  readonly value: string;
  /** Whether its value was the word after it. */
  readonly usedNext: boolean;
}

function readFlag(word: string, next: string | undefined, takes: ReadonlySet<string>): Parsed<Flag> {
  const [spelling = '', ...rest] = word.split('=');
  const isPlain = plain[word] ?? (word === '-p' && takes.has('previous') ? 'previous' : undefined);
  const name = isPlain ?? spelled[spelling];
  if (name === undefined || !takes.has(name))
    return {
      refused: `the flag ${quoted(spelling)} is not taken here; allowed ${takes.size === 0 ? 'are none' : `is ${[...takes].map((one) => `--${one}`).join(', ')}`}`,
    };
  if (isPlain !== undefined) return { value: { name, value: 'true', usedNext: false } };
  if (word.includes('=')) return { value: { name, value: rest.join('='), usedNext: false } };
  if (next === undefined) return { refused: `the flag ${spelling} needs a value` };
  return { value: { name, value: next, usedNext: true } };
}
