import { eventTime } from './event-time.ts';
import { limits } from './limits.ts';
import { textOf } from './reading.ts';
import type { Remark } from './remark.ts';
import type { Receipt } from './source.ts';
import { line, paragraph } from './text.ts';

/** What a translator found of a remark, not yet shortened or cleaned. */
export interface SaidRemark {
  readonly fingerprint: string;
  /** The source's time, in any dialect. */
  readonly time: unknown;
  readonly by?: unknown;
  readonly text: string | undefined;
}

/** A remark of what was found, as a list; empty when nothing was said. */
export function remarksOf(
  { fingerprint, time, by, text: saidText }: SaidRemark,
  { receivedAt }: Receipt,
): readonly Remark[] {
  const { text } = paragraph(saidText ?? '', limits.remark);
  if (text === '') return [];
  const author = line(textOf(by) ?? '', limits.by).text;
  const { at } = eventTime(time, receivedAt);
  return [{ fingerprint, at, ...(author !== '' && { by: author }), text }];
}
