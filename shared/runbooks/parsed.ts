/** What a parser makes of a text: a value, or why it is refused, in words for whoever wrote it. */
export type Parsed<Value> = { readonly value: Value } | { readonly refused: string };

/** Whether a parser refused. */
export const isRefused = (parsed: Parsed<unknown>): parsed is { readonly refused: string } =>
  'refused' in parsed;

/** The value of one parser handed to the next; a refusal stays as it is. */
export function andThen<Before, After>(
  parsed: Parsed<Before>,
  next: (value: Before) => Parsed<After>,
): Parsed<After> {
  return isRefused(parsed) ? parsed : next(parsed.value);
}

/** All values, or the first refusal. */
export function allOf<Value>(parsed: readonly Parsed<Value>[]): Parsed<readonly Value[]> {
  const values: Value[] = [];
  for (const one of parsed) {
    if (isRefused(one)) return one;
    values.push(one.value);
  }
  return { value: values };
}

/** A text as it is quoted in a refusal. */
export const quoted = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 59)}…` : text}'`;
