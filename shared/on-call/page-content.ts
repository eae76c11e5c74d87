import type { Incident } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import { nextPage, type PageSubject } from './briefing.ts';

/** What a page says, by whatever channel. */
export interface PageContent {
  /** As it is after the step was recorded, so that it knows what comes next. */
  readonly incident: PageSubject;
  readonly step: number;
  /** Whom it is for: the id, and the name. */
  readonly person: string;
  readonly name: string;
  /** The signed address that acknowledges. */
  readonly respondUrl: string;
  /** The incident in the console. */
  readonly consoleUrl: string;
  /** An earlier attempt may have reached this person already. */
  readonly possiblyAgain: boolean;
  /** It only tries whether it arrives. */
  readonly isTest?: true;
  /** When it is sent. */
  readonly now: Instant;
}

/** `P1` of `P1_CRITICAL`. */
export function shortSeverity(severity: Incident['severity']): string {
  return severity.slice(0, 2);
}

/** What follows when nobody answers. */
export function ifIgnored({ incident, now }: Pick<PageContent, 'incident' | 'now'>): string {
  const next = nextPage(incident, now);
  return next === undefined
    ? 'Nobody else will be paged after this.'
    : `If nobody acknowledges, the next page goes out ${next}.`;
}
