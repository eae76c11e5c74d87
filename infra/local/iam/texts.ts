/** One value or a list of them, as policies write both. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A member of a policy that is a text or a list of texts. Throws on anything else, and on variables of policies. */
export function asTexts(value: unknown, name: string): readonly string[] {
  return listOf(value).map((one) => {
    if (typeof one !== 'string') throw new Error(`its ${name} is ${JSON.stringify(value)}`);
    if (one.includes('${'))
      throw new Error(`the local runner does not evaluate policy variables, got ${one} in ${name}`);
    return one;
  });
}
