import type { ChangeKind, SaidChange } from './change.ts';
import { eventTime } from './event-time.ts';
import { serviceNamed } from './labels.ts';
import { limits } from './limits.ts';
import { readLinks } from './links.ts';
import { textOf } from './reading.ts';
import type { Receipt } from './source.ts';
import { line } from './text.ts';

/** What a translator found of a change, not yet shortened or cleaned. */
export interface FoundChange {
  readonly kind: ChangeKind;
  readonly title: string;
  /** The source's time, in any dialect. */
  readonly time: unknown;
  readonly service?: string | undefined;
  readonly version?: unknown;
  readonly by?: unknown;
  readonly link?: unknown;
  readonly key?: string;
}

/** Makes a change of what was found: texts within their limits, the service in the form in which services are compared. */
export function composeChange(found: FoundChange, { receivedAt }: Receipt): SaidChange {
  const service = serviceNamed(found.service);
  const version = line(textOf(found.version) ?? '', limits.version).text;
  const by = line(textOf(found.by) ?? '', limits.by).text;
  const [link] = readLinks([{ href: found.link, text: 'Change' }]).links;
  return {
    kind: found.kind,
    title: line(found.title, limits.title).text || 'Change without a name',
    at: eventTime(found.time, receivedAt).at,
    ...(service !== undefined && { service }),
    ...(version !== '' && { version }),
    ...(by !== '' && { by }),
    ...(link && { link: link.href }),
    ...(found.key !== undefined && { key: found.key }),
  };
}
