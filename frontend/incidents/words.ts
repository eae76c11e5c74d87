import type { Severity } from '../../shared/alerts/severity.ts';
import type { IncidentView } from '../../shared/incidents/index.ts';
import type { Actor } from '../../shared/kernel/index.ts';
import { providerNames } from '../../shared/war-room/video/provider.ts';
import type { Listing } from './listing.ts';

/** `P1` and `Critical` of a severity. */
export const severityWords: Readonly<Record<Severity, { readonly short: string; readonly word: string }>> = {
  P1_CRITICAL: { short: 'P1', word: 'Critical' },
  P2_HIGH: { short: 'P2', word: 'High' },
  P3_MEDIUM: { short: 'P3', word: 'Medium' },
  P4_LOW: { short: 'P4', word: 'Low' },
  P5_INFO: { short: 'P5', word: 'Info' },
};

export const stateWords: Readonly<Record<IncidentView['state'], string>> = {
  triggered: 'Triggered',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
};

/** The lists of incidents, as their links are called. */
export const listingWords: Readonly<Record<Listing, string>> = { open: 'Open', ...stateWords };

/** `P1 Critical`, for sentences. */
export function severityText(severity: Severity): string {
  const { short, word } = severityWords[severity];
  return `${short} ${word}`;
}

const whole = new Intl.NumberFormat('en-US');

/** `1,270`. */
export function countText(count: number): string {
  return whole.format(count);
}

/** How people call whoever did something. */
export function actorText({
  kind,
  name,
}: {
  readonly kind: Actor['kind'];
  readonly name?: string | undefined;
}) {
  if (kind === 'system') return 'The system';
  return name ?? (kind === 'person' ? 'Somebody' : 'A machine');
}

/** `a Zoom meeting`; a provider that this console does not know is named as it is. */
export const videoText = (provider: string): string =>
  `a ${Object.hasOwn(providerNames, provider) ? providerNames[provider as keyof typeof providerNames] : provider} meeting`;
