import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asOpsgenieHeartbeat,
  type Heartbeat,
  pinged,
  readOpsgenieHeartbeat,
} from '../../../../shared/alerts/index.ts';
import { DAY, HOUR, halfIn, idOf, MINUTE, toText } from '../../../../shared/kernel/index.ts';
import { minutes, T0 } from '../../../support/given.ts';

const full = {
  ...{ name: 'backup', description: 'Nightly', interval: 2, intervalUnit: 'hours', enabled: false },
  ...{
    ownerTeam: { name: 'Storage' },
    alertMessage: 'No backup',
    alertTags: ['a', 'b'],
    alertPriority: 'P1',
  },
};
const heartbeat: Heartbeat = {
  ...{ name: 'backup', id: idOf('integration', T0, 'backup'), createdAt: T0, door: 'x', version: 1 },
  ...{ interval: 2 * HOUR, grace: MINUTE, enabled: true, severity: 'P2_HIGH' },
};

describe('a heartbeat in the form of Opsgenie', () => {
  it('is read with all that it may say', () => {
    expect(readOpsgenieHeartbeat(full)).toEqual({
      name: 'backup',
      plan: {
        ...{ interval: 2 * HOUR, grace: MINUTE, enabled: false, severity: 'P1_CRITICAL' },
        ...{ alertTitle: 'No backup', description: 'Nightly', ownerTeam: 'Storage', tags: ['a', 'b'] },
      },
    });
  });

  it('[F12] is cut between two characters', () => {
    const text = (most: number) => `${'x'.repeat(most - 1)}🔥`;
    const said = { alertMessage: text(250), description: text(1_000), alertTags: [text(50)] };
    const read = readOpsgenieHeartbeat({ name: 'x', interval: 1, ownerTeam: { name: text(100) }, ...said });
    expect(halfIn(read)).toBeUndefined();
  });

  it.each([
    [{ name: 'x', interval: 10 }, 10 * MINUTE],
    [{ name: 'x', interval: '3', intervalUnit: 'days' }, 3 * DAY],
  ])('of %j calls every %d ms', (body, interval) => {
    expect(readOpsgenieHeartbeat(body)).toMatchObject({ plan: { interval } });
  });

  it.each([
    [{ interval: 10 }, ['name']],
    [{ name: 'a/b', interval: 0 }, ['name', 'interval']],
    [{ name: 'x', interval: 1, intervalUnit: 'weeks' }, ['interval']],
    [{ name: 'x', interval: 367, intervalUnit: 'days' }, ['interval']],
    ['none', ['name', 'interval']],
  ])('%j is refused with its fields', (body, fields) => {
    const said = readOpsgenieHeartbeat(body);
    expect('faults' in said && said.faults.map((fault) => fault.split(':')[0])).toEqual(fields);
  });

  it('that is changed keeps what the body leaves out', () => {
    expect(readOpsgenieHeartbeat({ enabled: false }, heartbeat)).toEqual({
      name: 'backup',
      plan: { enabled: false, interval: 2 * HOUR },
    });
  });

  it('is shown in the largest unit, with its last call and whether it is missed', () => {
    const alive = pinged(heartbeat, T0).heartbeat;
    expect(asOpsgenieHeartbeat(alive, minutes(1))).toMatchObject({
      ...{ name: 'backup', interval: 2, intervalUnit: 'hours', enabled: true, expired: false },
      ...{ alertPriority: 'P2', lastPingTime: toText(T0) },
    });
    expect(asOpsgenieHeartbeat(alive, minutes(121)).expired).toBe(true);
    expect(asOpsgenieHeartbeat({ ...heartbeat, interval: 90 * MINUTE }, T0)).toMatchObject({
      ...{ interval: 90, intervalUnit: 'minutes' },
    });
  });

  it('of any JSON is read or refused in words', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const said = readOpsgenieHeartbeat(body);
        if ('faults' in said) expect(said.faults.join()).toMatch(/\w+: /);
        else expect(said.plan.interval).toBeGreaterThanOrEqual(MINUTE);
      }),
    );
  });
});
