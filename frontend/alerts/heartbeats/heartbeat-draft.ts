import { heartbeatLimits, heartbeatNames } from '../../../shared/alerts/heartbeats/heartbeat.ts';
import type { Severity } from '../../../shared/alerts/severity.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/time.ts';
import type { Heartbeat, HeartbeatChange, HeartbeatWish } from './use-heartbeats.ts';

/** A length of time as it is written in a form. */
export interface Length {
  readonly count: string;
  readonly unit: keyof typeof unitMinutes;
}

export const unitMinutes = { minutes: 1, hours: HOUR / MINUTE, days: DAY / MINUTE } as const;

/** What is written in the form of a heartbeat. */
export interface HeartbeatDraft {
  readonly name: string;
  readonly interval: Length;
  readonly grace: Length;
  readonly severity: Severity;
  readonly service: string;
  readonly alertTitle: string;
  readonly description: string;
  readonly ownerTeam: string;
  /** Divided by commas. */
  readonly tags: string;
}

export const emptyDraft: HeartbeatDraft = {
  ...{ name: '', service: '', alertTitle: '', description: '', ownerTeam: '', tags: '' },
  interval: { count: '1', unit: 'hours' },
  grace: { count: '5', unit: 'minutes' },
  severity: 'P3_MEDIUM',
};

/** What the form of a heartbeat that exists begins with. */
export function draftOf(heartbeat: Heartbeat): HeartbeatDraft {
  const { name, severity, intervalMinutes, graceMinutes, tags = [] } = heartbeat;
  const { service = '', alertTitle = '', description = '', ownerTeam = '' } = heartbeat;
  return {
    ...{ name, severity, service, alertTitle, description, ownerTeam, tags: tags.join(', ') },
    interval: lengthOf(intervalMinutes),
    grace: lengthOf(graceMinutes),
  };
}

/** In the largest unit that needs no fraction. */
function lengthOf(minutes: number): Length {
  const unit = (['days', 'hours'] as const).find((one) => minutes > 0 && minutes % unitMinutes[one] === 0);
  return { count: String(minutes / unitMinutes[unit ?? 'minutes']), unit: unit ?? 'minutes' };
}

const minutesOf = ({ count, unit }: Length): number =>
  /^\d{1,7}$/.test(count.trim()) ? Number(count) * unitMinutes[unit] : Number.NaN;

const tagsIn = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export type Faults = Partial<Record<'name' | 'interval' | 'grace' | 'tags', string>>;

/** What the API would not take, in words, by field. */
export function faultsOf(draft: HeartbeatDraft): Faults {
  const [interval, grace] = [minutesOf(draft.interval), minutesOf(draft.grace)];
  const tags = tagsIn(draft.tags);
  const { name } = draft;
  return {
    ...(!heartbeatNames.test(name.trim()) && {
      name: 'A letter or digit first, then letters, digits, spaces and . _ : @ -',
    }),
    ...(!(interval >= 1 && interval <= heartbeatLimits.interval) && {
      interval: 'A whole number, from 1 minute to 366 days.',
    }),
    ...(!(grace >= 0 && grace <= heartbeatLimits.grace) && {
      grace: 'A whole number, at most 24 hours; 0 for none.',
    }),
    ...((tags.length > heartbeatLimits.tags || tags.some((one) => one.length > 50)) && {
      tags: `At most ${heartbeatLimits.tags}, of 50 characters each.`,
    }),
  };
}

/** What the API is sent to make one. */
export function wishOf(draft: HeartbeatDraft): HeartbeatWish {
  const { alertTitle, description, service, ownerTeam } = changeOf(draft);
  return {
    ...{ name: draft.name.trim(), severity: draft.severity, tags: tagsIn(draft.tags) },
    ...{ intervalMinutes: minutesOf(draft.interval), graceMinutes: minutesOf(draft.grace) },
    ...(alertTitle && { alertTitle }),
    ...(description && { description }),
    ...(service && { service }),
    ...(ownerTeam && { ownerTeam }),
  };
}

/** What the API is sent to change one: what was emptied is taken away. */
export function changeOf(draft: HeartbeatDraft): HeartbeatChange {
  return {
    ...{ severity: draft.severity, tags: tagsIn(draft.tags) },
    ...{ intervalMinutes: minutesOf(draft.interval), graceMinutes: minutesOf(draft.grace) },
    alertTitle: draft.alertTitle.trim() || null,
    description: draft.description.trim() || null,
    service: draft.service.trim() || null,
    ownerTeam: draft.ownerTeam.trim() || null,
  };
}
