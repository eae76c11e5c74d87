import { matcherText, readMatcher } from '../../../shared/alerts/quiet/matcher.ts';
import { DAY, HOUR, type Instant, MINUTE, toText } from '../../../shared/kernel/time.ts';
import type { Kind, MaintenanceWish, Quiet, SilenceWish } from './use-silences.ts';

/** A silence or maintenance window as somebody writes it. */
export interface SilenceDraft {
  readonly kind: Kind;
  /** A matcher on each line. */
  readonly matchers: string;
  /** Divided by commas. */
  readonly services: string;
  /** Milliseconds, as the choice has them. */
  readonly lasts: string;
  readonly untilResolved: boolean;
  readonly comment: string;
}

export const emptyDraft: SilenceDraft = {
  ...{
    kind: 'silence',
    matchers: '',
    services: '',
    lasts: String(2 * HOUR),
    untilResolved: false,
    comment: '',
  },
};

/** How long it may last, as it is chosen. */
export const lengths = [
  { value: String(30 * MINUTE), label: '30 minutes' },
  { value: String(HOUR), label: '1 hour' },
  { value: String(2 * HOUR), label: '2 hours' },
  { value: String(8 * HOUR), label: '8 hours' },
  { value: String(DAY), label: '1 day' },
  { value: String(7 * DAY), label: '7 days' },
];

export type Faults = Partial<Record<'matchers' | 'services' | 'comment', string>>;

/** The matchers as they are written, one on each line. */
export const linesOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.trim() !== '');
/** The services as they are written, without what divides them. */
export const servicesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What keeps a draft from being sent, by its field. */
export function faultsOf({ kind, matchers, services, comment }: SilenceDraft): Faults {
  const wrong = linesOf(matchers).find((line) => readMatcher(line) === undefined);
  return {
    ...(kind === 'silence' &&
      linesOf(matchers).length === 0 && { matchers: 'Say which alerts it is about.' }),
    ...(kind === 'silence' && wrong !== undefined && { matchers: `Not a matcher: ${wrong.trim()}` }),
    ...(kind === 'maintenance' && servicesOf(services).length === 0 && { services: 'Name a service.' }),
    ...(comment.trim() === '' && { comment: 'Say why, for whoever finds it.' }),
  };
}

/** Whether it says which alerts it is about, whatever else is missing. */
export function saysWhich(draft: SilenceDraft): boolean {
  const { matchers, services } = faultsOf(draft);
  return matchers === undefined && services === undefined;
}

/** What is sent, from now on. */
export function wishOf(draft: SilenceDraft, now: Instant): SilenceWish | MaintenanceWish {
  const { kind, matchers, services, lasts, untilResolved, comment } = draft;
  const times = { to: toText(now + Number(lasts)), comment: comment.trim() };
  if (kind === 'maintenance') return { services: [...servicesOf(services)], ...times };
  return { matchers: [...linesOf(matchers)], ...(untilResolved && { untilResolved }), ...times };
}

/** What it is about, in one line. */
export const aboutText = (quiet: Quiet): string =>
  'matchers' in quiet
    ? quiet.matchers.map(matcherText).join(', ') || 'Every alert'
    : quiet.services.join(', ');
