import type { Instant, JsonRecord } from '../kernel/index.ts';
import { eventTime } from './event-time.ts';
import { readLabels } from './labels.ts';
import { limits } from './limits.ts';
import { readLinks, type SaidLink } from './links.ts';
import type { Severity } from './severity.ts';
import type { Signal, SignalFlag, SignalState } from './signal.ts';
import type { Receipt } from './source.ts';
import { line, paragraph } from './text.ts';

/** What a translator found in a body, not yet shortened or cleaned. */
export interface Findings {
  readonly fingerprint: string;
  readonly state: SignalState;
  /** The source's time for this state, in any dialect. */
  readonly time: unknown;
  /** Of a firing: when it ends by itself; after the receipt. */
  readonly until?: Instant | undefined;
  /** True when an acknowledgement was taken back. */
  readonly unacknowledged?: boolean;
  /** Who acknowledged it; of nothing else it is asked. */
  readonly by?: string | undefined;
  /** True when the end was not said, but follows from the protocol. */
  readonly timesOut?: boolean;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly labels?: JsonRecord;
  readonly links?: readonly SaidLink[];
  /** True when no translator for the source understood the body. */
  readonly generic?: boolean;
  /** True for what the source sends to try whether it arrives: its title says so, and it wakes nobody unless it names a severity. */
  readonly test?: boolean;
}

/** Makes a signal of what was found: texts within their limits, the time within reason, each loss flagged. */
export function compose(found: Findings, receipt: Receipt): Signal {
  const time = eventTime(found.time, receipt.receivedAt);
  const named = found.test ? `Test: ${found.title ?? 'alert without a name'}` : found.title;
  const title = named === undefined ? undefined : line(named, limits.title);
  const severity = found.severity ?? (found.test ? 'P5_INFO' : undefined);
  const description =
    found.description === undefined ? undefined : paragraph(found.description, limits.description);
  const labels = readLabels(found.labels ?? {});
  const links = readLinks(found.links ?? []);
  const clipped = title?.clipped || description?.clipped || labels.clipped || links.clipped;
  const flags: SignalFlag[] = [];
  if (found.generic) flags.push('generic');
  if (time.unusable) flags.push('clock');
  if (clipped) flags.push('clipped');
  if (found.test) flags.push('test');
  if (found.timesOut) flags.push('timeout');
  return {
    fingerprint: found.fingerprint,
    state: found.state,
    at: time.at,
    ...(found.until !== undefined && { until: found.until }),
    ...(found.unacknowledged && { unacknowledged: true }),
    ...takenBy(found),
    ...(title?.text ? { title: title.text } : found.state === 'firing' && { title: 'Alert without a name' }),
    ...(description?.text && { description: description.text }),
    ...(severity && { severity }),
    ...(found.service && { service: found.service }),
    labels: labels.labels,
    links: links.links,
    flags,
  };
}

function takenBy({ state, unacknowledged, by }: Findings): { readonly by?: string } {
  const name = state === 'acknowledged' && !unacknowledged && by !== undefined ? line(by, 100).text : '';
  return name === '' ? {} : { by: name };
}
