import { optionsInput } from '../../../shared/alerts/options.ts';
import type { Integration } from '../use-integrations.ts';
import { WHOLE } from './mapping-draft.ts';

/** What is wrong, in words, by its place in the options, such as `mapping.state.at`. */
export type Faults = ReadonlyMap<string, string>;

/** What the API would refuse, by the check that the API has. */
export function faultsIn(source: Integration['source'], options: object): Faults {
  const { error } = optionsInput(source).safeParse(options);
  return new Map(
    (error?.issues ?? []).map(({ path, message, code }) => [
      path.join('.'),
      code === 'invalid_type' ? 'Point to where it is, or take its words away.' : asWritten(message),
    ]),
  );
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
