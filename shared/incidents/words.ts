import type { Severity } from '../alerts/index.ts';
import type { Actor } from '../kernel/index.ts';
import type { VideoProvider } from './facts.ts';
import type { Apart, Correlation } from './incident.ts';

/** `P1` and `Critical` of a severity. */
export const severityWords: Readonly<Record<Severity, { readonly short: string; readonly word: string }>> = {
  P1_CRITICAL: { short: 'P1', word: 'Critical' },
  P2_HIGH: { short: 'P2', word: 'High' },
  P3_MEDIUM: { short: 'P3', word: 'Medium' },
  P4_LOW: { short: 'P4', word: 'Low' },
  P5_INFO: { short: 'P5', word: 'Info' },
};

/** `P1 Critical`, for sentences. */
export function severityText(severity: Severity): string {
  const { short, word } = severityWords[severity];
  return `${short} ${word}`;
}

/** The rule that groups an incident's alerts, as sentences name it: by its name, where that was noted. */
export const groupedBy = ({ rule, name }: Pick<Correlation, 'rule' | 'name'>): string =>
  rule === 'default' ? 'the default rule' : `rule '${name ?? rule}'`;

/** A group as sentences name it: that of one alert alone has a digest as its key. */
export const groupWords = (key: string): string => (key.startsWith('alert=') ? 'the alert itself' : key);

/** The incident from which a person split this one off, by name; undefined when it opened otherwise. */
export const splitFrom = (correlation: Pick<Correlation, 'key'> | undefined): string | undefined =>
  /^split from (INC-\d+)$/.exec(correlation?.key ?? '')?.[1];

const apartWords: Readonly<Record<Apart, string>> = {
  score: 'That is too low to join.',
  maintenance: 'They stay two, since only one of them waits for the end of maintenance.',
  declared: 'They stay two, since a person declared one of them.',
};

/** Why two incidents stay two that may have one cause; what a newer version of the program says is not known. */
export const apartText = (apart: string): string =>
  Object.hasOwn(apartWords, apart) ? apartWords[apart as Apart] : 'They stay two.';

/** How people call whoever did something. */
export function actorText({
  kind,
  name,
}: {
  readonly kind: Actor['kind'];
  readonly name?: string | undefined;
}): string {
  if (kind === 'system') return 'The system';
  return name ?? (kind === 'person' ? 'Somebody' : 'A machine');
}

/** Whether the escalation itself did something, and not an alert or a person. */
export const isOfEscalation = ({
  kind,
  id,
}: {
  readonly kind: Actor['kind'];
  readonly id?: string;
}): boolean => kind === 'system' && id === 'escalation';

/** How people know the products that give video links. */
export const providerNames: Readonly<Record<VideoProvider, string>> = {
  jitsi: 'Jitsi',
  zoom: 'Zoom',
  teams: 'Microsoft Teams',
  meet: 'Google Meet',
};

/** `a Zoom meeting`; a provider that this program does not know is named as it is. */
export const videoText = (provider: string): string =>
  `a ${Object.hasOwn(providerNames, provider) ? providerNames[provider as VideoProvider] : provider} meeting`;
