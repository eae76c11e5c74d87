import type { LoggedFact } from '../incidents/index.ts';
import { cut, oneLine } from '../kernel/index.ts';

const LONGEST = 200;

/** What a pinned fact says, in one line of at most 200 characters; undefined for what only fills a number. */
export function pinText({ type, data }: LoggedFact): string | undefined {
  if (type === 'void') return undefined;
  if ('text' in data && data.text !== undefined) return cut(oneLine(data.text), LONGEST);
  if ('title' in data) return cut(oneLine(data.title), LONGEST);
  if ('entries' in data) return cut(oneLine(data.entries.map(({ title }) => title).join('; ')), LONGEST);
  return type;
}
