import { exactly, type Instant } from '../../kernel/index.ts';
import type { Guard } from '../guard.ts';
import { Inhibitions, type MutingGroup } from '../inhibition/inhibitions.ts';
import type { InhibitionRule } from '../inhibition/rule.ts';
import { LINGER, type MutingSource, mutedBy } from '../inhibition/sources.ts';
import type { Told } from './record.ts';
import { apartWords, timeWords, valueWords } from './words.ts';

/** The group of alerts that mutes an alert, with those of it that fired. */
export interface Muting extends Pick<MutingGroup, 'hash' | 'rule' | 'equal'> {
  readonly sources: readonly MutingSource[];
}

/** The groups in which others mute an alert by these rules. */
export const mutingGroups = (rules: readonly InhibitionRule[], told: Told): readonly MutingGroup[] =>
  new Inhibitions(rules).targetsOf(told);

/** A group with what its guard knows. */
export const mutingOf = (group: MutingGroup, { sources = [] }: Guard): Muting => ({ ...group, sources });

/** The alerts that mute one at an instant, and what they have alike. */
export function mutingAt(muting: Muting | undefined, fingerprint: string, at: Instant) {
  return (muting?.sources ?? []).flatMap((source) => {
    const [hold] = muting ? mutedBy(muting, [source], { fingerprint }) : [];
    return hold && hold.from <= at && at < hold.to ? [{ hold, source }] : [];
  });
}

/** What would mute it, of whose sources none fired at an instant. */
export function unmutedLines(
  mutings: readonly Muting[],
  fingerprint: string,
  at: Instant,
): readonly string[] {
  return mutings
    .filter((muting) => mutingAt(muting, fingerprint, at).length === 0)
    .map(({ rule, equal, sources }) => {
      const alike = equal.map(([name, value]) => ` with ${name}: ${valueWords(value)}`).join(' and');
      const [last] = sources
        .filter((one) => one.fingerprint !== fingerprint && one.to !== undefined && one.to <= at)
        .toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0));
      const ended =
        last?.to === undefined
          ? ''
          : ` “${last.title}” had until ${timeWords(last.to)}, ${apartWords(last.to, at)} before; it mutes for ${exactly(LINGER)} after its end.`;
      return `Inhibition '${rule}' mutes it while one of its sources${alike} fires; none did at ${timeWords(at)}, by what was told of them since it is in force.${ended}`;
    });
}

/** Which alert mutes this one, since when, and by which equal values. */
export function mutingLines(muting: Muting | undefined, fingerprint: string, at: Instant): readonly string[] {
  const alike = (muting?.equal ?? []).map(([name, value]) => `${name}: ${valueWords(value)}`);
  const equal = alike.length === 0 ? 'Nothing of the two must be equal.' : `Equal are ${alike.join(', ')}.`;
  return mutingAt(muting, fingerprint, at)
    .slice(0, 3)
    .map(({ source: { title, from } }) => {
      return `“${title}” mutes it, which fired at ${timeWords(from)}, ${apartWords(from, at)} ${from <= at ? 'before' : 'after'} it. ${equal}`;
    });
}
