import type { Instant } from '../../kernel/index.ts';
import type { Guard } from '../guard.ts';
import { Inhibitions, type MutingGroup } from '../inhibition/inhibitions.ts';
import type { InhibitionRule } from '../inhibition/rule.ts';
import { type MutingSource, mutedBy } from '../inhibition/sources.ts';
import type { Told } from './record.ts';
import { apartWords, timeWords, valueWords } from './words.ts';

/** The group of alerts that mutes an alert, with those of it that fired. */
export interface Muting extends Pick<MutingGroup, 'hash' | 'rule' | 'equal'> {
  readonly sources: readonly MutingSource[];
}

/** What mutes an alert by the guard of its group; undefined where these rules know of no such group any more. */
export function mutingOf(rules: readonly InhibitionRule[], told: Told, guard: Guard): Muting | undefined {
  const group = new Inhibitions(rules).targetsOf(told).find(({ hash }) => hash === guard.hash);
  return group && { ...group, sources: guard.sources ?? [] };
}

/** The alerts that mute one at an instant, and what they have alike. */
export function mutingAt(muting: Muting | undefined, fingerprint: string, at: Instant) {
  return (muting?.sources ?? []).flatMap((source) => {
    const [hold] = muting ? mutedBy(muting, [source], { fingerprint }) : [];
    return hold && hold.from <= at && at < hold.to ? [{ hold, source }] : [];
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
