import { Refusal } from '../../shared/kernel/index.ts';

/** The version that a change was made from, by the header If-Match: `"3"`, also without quotes or as a weak tag. */
export function versionIn(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['if-match'];
  if (text === undefined) return undefined;
  const version = /^(?:W\/)?"?(\d{1,15})"?$/.exec(text.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new Refusal('invalid', 'If-Match takes one version, such as "3".', 'header.if-match');
}
