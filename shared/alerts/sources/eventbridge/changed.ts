import type { ChangeKind } from '../../change.ts';
import { eventTime } from '../../event-time.ts';
import { serviceNamed } from '../../labels.ts';
import { limits } from '../../limits.ts';
import { readLinks } from '../../links.ts';
import type { Receipt, Translated } from '../../source.ts';
import { line } from '../../text.ts';

/** A change as an event tells it, not yet shortened or cleaned. */
interface Told {
  readonly kind: ChangeKind;
  readonly title: string;
  readonly service: string;
  readonly version?: string;
  readonly link: string;
  readonly time: unknown;
  readonly key: string;
}

/** One change, and no alert. */
export function changed(
  { title, service, version, link, time, key, kind }: Told,
  receipt: Receipt,
): Translated {
  const [first] = readLinks([{ href: link, text: 'Console' }]).links;
  return {
    signals: [],
    changes: [
      {
        kind,
        title: line(title, limits.title).text,
        at: eventTime(time, receipt.receivedAt).at,
        service: serviceNamed(service),
        ...(version !== undefined && { version: line(version, 100).text }),
        ...(first !== undefined && { link: first.href }),
        key,
      },
    ],
  };
}
