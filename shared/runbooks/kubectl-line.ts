import { type KubectlCall, kubectlOf } from './kubectl.ts';
import { allOf, andThen, type Parsed, quoted } from './parsed.ts';
import { shellWords } from './shell-words.ts';
import { filled, filledJson, namesIn, tight, type Values } from './template.ts';

/** A command line of kubectl as its words, whose placeholders are not filled yet. */
export interface KubectlLine {
  readonly words: readonly string[];
}

/** What stands for every value while only the form of a line is looked at. */
const SAMPLE = 'x';

/** Reads a command line. Values come into single words only: they cannot choose what is done. */
export function kubectlLine(text: string): Parsed<KubectlLine> {
  return andThen(shellWords(tight(text)), (words) => {
    const samples = new Map(words.flatMap(namesIn).map((name) => [name, SAMPLE]));
    return andThen(kubectlCall({ words }, samples), () => ({ value: { words } }));
  });
}

/** The call that a line means with these values. One value is one argument, and never one that looks like a flag. */
export function kubectlCall({ words }: KubectlLine, values: Values): Parsed<KubectlCall> {
  const all = allOf(words.map((word, at) => filledWord(word, words[at - 1], values)));
  return andThen(all, kubectlOf);
}

function filledWord(word: string, before: string | undefined, values: Values): Parsed<string> {
  if (namesIn(word).length === 0) return { value: word };
  const prefix = before === '-p' || before === '--patch' ? '' : /^(?:-p|--patch)=/.exec(word)?.[0];
  if (prefix !== undefined)
    return andThen(filledPatch(word.slice(prefix.length), values), (patch) => ({
      value: `${prefix}${patch}`,
    }));
  return andThen(filled(word, values), (value) =>
    value.startsWith('-') && !word.startsWith('-')
      ? { refused: `the value ${quoted(value)} looks like a flag` }
      : { value },
  );
}

/** Values in a patch are inside of its texts: they can add nothing to its structure. */
function filledPatch(patch: string, values: Values): Parsed<string> {
  let json: unknown;
  try {
    json = JSON.parse(patch);
  } catch {
    return { refused: `the patch ${quoted(patch)} is not JSON; a placeholder stands inside of a text` };
  }
  return andThen(filledJson(json, values), (value) => ({ value: JSON.stringify(value) }));
}
