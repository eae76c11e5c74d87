import { expect } from 'vitest';
import { loadQuiet } from '../../functions/alerts/quiet-verbs.ts';
import { Reading } from '../../functions/aws/detection-reading.ts';
import { countMany } from '../../functions/aws/opening-counts.ts';
import { readExpired, readQuiet, writeQuiet } from '../../functions/aws/quiets.ts';
import { stormName } from '../../shared/detection/index.ts';
import { DAY, idOf, MINUTE, minuteOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { T0 } from './given.ts';
import { silence } from './silences.ts';

/** When a silence of an hour is forgotten, and the store is two days late to delete it. */
const AFTER = T0 + MINUTE + 92 * DAY;

/** That silences, their place in the list and what they held back mean nothing after their time. */
export function lateQuiets(ownOrg: () => OrganisationId): Readonly<Record<string, () => Promise<void>>> {
  const silenced = async () => {
    const quiet = { ...silence(0, 60, []), from: T0, to: T0 + MINUTE };
    await writeQuiet(ownOrg(), undefined, quiet, quiet.to);
    return quiet;
  };
  return {
    async quiet() {
      const { id, to } = await silenced();
      expect(await readQuiet(ownOrg(), id, to)).toBeDefined();
      expect(await readQuiet(ownOrg(), id, AFTER)).toBeUndefined();
    },
    async listedQuiet() {
      const { to } = await silenced();
      const expired = async (now: number) => (await readExpired(ownOrg(), { now, limit: 9 })).quiets.length;
      expect([await expired(to), await expired(AFTER)]).toEqual([1, 0]);
    },
    async openingCount() {
      const minute = minuteOf(T0);
      const opening = { integration: idOf('integration', T0, ownOrg()), limit: 10, alerts: ['a', 'b', 'c'] };
      await countMany(ownOrg(), [{ ...opening, minute }]);
      const reading = new Reading(ownOrg());
      // Only the minutes in which something is received now are asked for.
      const later = { integration: opening.integration, minute: minuteOf(AFTER) };
      await reading.more({ counts: [later] });
      expect(reading.counts.get(stormName(later.integration, later.minute))).toEqual([]);
    },
    async heldAlert() {
      // It is only reached through what held it back.
      const { id } = await silenced();
      await expect(loadQuiet(ownOrg(), 'silence', id, AFTER)).rejects.toThrow('There is no silence');
    },
  };
}
