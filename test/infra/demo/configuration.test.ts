import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../infra/demo/api-client.ts';
import { ensureOrganisation } from '../../../infra/demo/organisation.ts';
import { configurationSchema, planOf } from '../../../shared/configuration/index.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import { policyBy, schedulesAt } from '../../../shared/on-call/index.ts';

/** The configuration that an organisation gets which is made at this moment. */
async function configuredAt(now: number) {
  const put: unknown[] = [];
  const call: ApiClient = async (method, path, body) => {
    if (method === 'PUT') put.push(body);
    const told = path === '/api/me' ? { organisations: [{ id: 'org_1' }] } : { version: 0, items: [] };
    return { headers: new Headers(), body: told, bytes: new Uint8Array() };
  };
  await ensureOrganisation(call, { name: 'Demo', administrator: 'a@example.com', now });
  return configurationSchema.parse(put[0]);
}

describe('the configuration of the demo', () => {
  const days = ['2026-03-29', '2026-06-30', '2026-10-25', '2026-12-31'];
  const moments = days.flatMap((day) => ['00:00', '07:30', '23:59'].map((time) => `${day}T${time}:00.000Z`));

  it.each(moments)(
    'made at %s pages Ada by the schedule for five days, and Grace in the week after',
    async (moment) => {
      const now = Date.parse(moment);
      const { policies, people, schedules } = await configuredAt(now);
      const firstLevel = (at: number) =>
        policies.map(
          (policy) =>
            policyBy(policy, schedulesAt({ people, schedules, overrides: [] }, at)).policy.levels[0]?.targets,
        );
      for (const at of [now, now + MINUTE, now + 5 * DAY + HOUR])
        expect(firstLevel(at)).toEqual([['per_ada']]);
      expect(firstLevel(now + 8 * DAY)).toEqual([['per_grace']]);
    },
  );

  it('has no schedule that no policy names, and nothing odd about it', async () => {
    const now = Date.parse('2026-11-29T12:00:00.000Z');
    const made = await configuredAt(now);
    const named = made.policies.flatMap(({ levels }) => levels.flatMap(({ targets }) => targets));
    for (const { id } of made.schedules) expect(named).toContain(id);
    expect(planOf(made, made, { at: now, channels: [] }).warnings).toEqual([]);
  });
});
