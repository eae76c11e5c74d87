import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeCanaryDoor, openCanaryDoor } from '../../../functions/aws/canary.ts';
import { clock } from '../../../functions/aws/clock.ts';
import {
  deleteKeyDoorWrite,
  findKey,
  findWho,
  type KeyDoor,
  putKeyDoorWrite,
  putWhoDoorWrite,
  whoHash,
} from '../../../functions/aws/doors.ts';
import { newToken, sha256 } from '../../../functions/aws/random.ts';
import { table } from '../../../functions/aws/table.ts';
import { idOf, SECOND } from '../../../shared/kernel/index.ts';
import { canaryHome } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

const org = idOf('organisation', 0, 'a');
const door: KeyDoor = {
  kind: 'integration',
  org,
  id: idOf('integration', 0, 'i'),
  name: 'Prometheus',
  source: 'alertmanager',
};
const canaryHomeDoor = { org: canaryHome.org, id: canaryHome.integration };
const later = (ms: number) => {
  const now = clock.now() + ms;
  vi.spyOn(clock, 'now').mockReturnValue(now);
};

describe('the door of the canary', () => {
  it('is closed by its hash when the secret has changed: its former key opens nothing any more', async () => {
    const [former, present] = [newToken(), newToken()];
    await openCanaryDoor(former);
    await openCanaryDoor(present);
    await closeCanaryDoor(sha256(former), clock.now());
    expect((await findKey(former))?.kind).not.toBe('integration');
    expect(await findKey(present)).toMatchObject({ kind: 'integration', ...canaryHomeDoor });
  });
});

describe('the door of a key', () => {
  it('opens for its secret only, of which just the hash is stored', async () => {
    const secret = newToken();
    expect(await table.transact([putKeyDoorWrite(secret, door)])).toEqual({ committed: true });
    expect(await findKey(secret)).toMatchObject(door);
    expect(await findKey(`${secret}x`)).toBeUndefined();
    expect(JSON.stringify(putKeyDoorWrite(secret, door))).not.toContain(secret);
  });

  it('is made once', async () => {
    const write = putKeyDoorWrite(newToken(), door);
    await table.transact([write]);
    expect(await table.transact([write])).toMatchObject({ committed: false });
  });

  it('is remembered for a minute, so a withdrawn key works no longer than that', async () => {
    const secret = newToken();
    await table.transact([putKeyDoorWrite(secret, door)]);
    await findKey(secret);
    await table.transact([deleteKeyDoorWrite(sha256(secret))]);
    later(59 * SECOND);
    expect(await findKey(secret)).toMatchObject(door);
    later(2 * SECOND);
    expect(await findKey(secret)).toBeUndefined();
  });

  it('that was missing is looked for again after five seconds', async () => {
    const secret = newToken();
    expect(await findKey(secret)).toBeUndefined();
    await table.transact([putKeyDoorWrite(secret, door)]);
    expect(await findKey(secret)).toBeUndefined();
    later(6 * SECOND);
    expect(await findKey(secret)).toMatchObject(door);
  });
});

it('the door of a person opens by issuer and subject, which cannot run into each other', async () => {
  const member = { org, person: idOf('person', 0, 'ann'), name: 'Ann', role: 'viewer' } as const;
  await table.transact([putWhoDoorWrite(whoHash('https://issuer.example/a', 'b'), member)]);
  expect(await findWho('https://issuer.example/a', 'b')).toMatchObject([member]);
  expect(await findWho('https://issuer.example/', 'ab')).toEqual([]);
});
