import { optionsInput } from '../../../shared/alerts/options.ts';
import { folded } from '../../../shared/alerts/text.ts';
import { plainFaults } from '../../../shared/api/plain-faults.ts';
import type { Integration } from '../use-integrations.ts';
import { type SeverityWord, WHOLE } from './mapping-draft.ts';

/** What is wrong, in words, by its place in the options, such as `mapping.state.at`. */
export type Faults = ReadonlyMap<string, string>;

/** What the API would refuse, by the check that the API has. */
export function faultsIn(source: Integration['source'], options: object): Faults {
  const { error } = optionsInput(source).safeParse(options, { error: plainFaults });
  return new Map(
    (error?.issues ?? []).map(({ path, message, code }) => [
      path.join('.'),
      code === 'invalid_type' ? 'Point to where it is, or take its words away.' : asWritten(message),
    ]),
  );
}

/** Where a fault of one of the words for severities stands that it has with another, not alone. */
export const placeOfWord = ({ id }: SeverityWord): string => `mapping.severity.rows.${id}`;

/** What is said twice, of which the API would only be sent one. Words are compared as they are where a body is read. */
export function repeatedIn(words: readonly SeverityWord[]): Faults {
  const known = new Set<string>();
  const faults = new Map<string, string>();
  for (const one of words) {
    const word = folded(one.word);
    if (word !== '' && known.has(word)) {
      const said = `“${one.word.trim()}” has a severity above, and case makes no difference. Take one away.`;
      faults.set(placeOfWord(one), said);
    }
    known.add(word);
  }
  return faults;
}

/** The pointer to the whole is an empty text for the API, which in a form is nothing at all. */
const asWritten = (message: string): string => message.replace("be '' for", `be ${WHOLE} for`);

/** What is wrong at a place; of several lines, each with its number. */
export function faultAt(faults: Faults, place: string): string | undefined {
  const lines = [...faults].flatMap(([at, message]) => {
    if (at === place) return [message];
    const [, line] = at.startsWith(`${place}.`) ? (/^(\d+)$/.exec(at.slice(place.length + 1)) ?? []) : [];
    return line === undefined ? [] : [`Line ${Number(line) + 1}: ${message}`];
  });
  return lines.length === 0 ? undefined : lines.join(' ');
}
