import { Refusal } from '../../shared/kernel/index.ts';

/** The version that a change was made from, by the header If-Match: `"3"`, also as a weak tag; `*` is any, where any is taken. */
export function versionIn(
  headers: Readonly<Record<string, string>>,
  { takesAny = true }: { readonly takesAny?: boolean } = {},
): number | undefined {
  const text = headers['if-match'];
  if (text === undefined || (takesAny && text.trim() === '*')) return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(text.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new Refusal(
    'invalid',
    `If-Match takes the ETag of what is changed, such as "3"${takesAny ? ', or *' : ''}; got ${text.slice(0, 40)}.`,
    'header.if-match',
  );
}
