/** `2026-11-28 03:01:12 UTC`, as the API's sentences name a time; a time of the day alone says no date and stays. */
const named = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) UTC/g;

/** A part of a sentence, and where it begins. */
export type TimedPart = { readonly from: number } & ({ readonly words: string } | { readonly at: string });

/** A sentence in parts: its words, and the times between them as RFC 3339. */
export function timedParts(text: string): readonly TimedPart[] {
  const parts: TimedPart[] = [];
  let from = 0;
  for (const { 0: whole, 1: day, 2: time, index } of text.matchAll(named)) {
    if (index > from) parts.push({ from, words: text.slice(from, index) });
    parts.push({ from: index, at: `${day}T${time}Z` });
    from = index + whole.length;
  }
  return from === text.length ? parts : [...parts, { from, words: text.slice(from) }];
}
