import { expect } from 'vitest';
import { loadQuiet } from '../../functions/alerts/quiet-verbs.ts';
import { readExpired, readQuiet, writeQuiet } from '../../functions/aws/quiets.ts';
import { DAY, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
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
    async heldAlert() {
      // It is only reached through what held it back.
      const { id } = await silenced();
      await expect(loadQuiet(ownOrg(), 'silence', id, AFTER)).rejects.toThrow('There is no silence');
    },
  };
}
