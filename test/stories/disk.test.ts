import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MINUTE } from '../../shared/kernel/index.ts';
import { type App, post, startApp } from '../support/app.ts';
import { leaveNoRoom, roomMissing } from '../support/no-room.ts';

describe.skipIf(roomMissing !== '')(
  `the local system on a full disk${roomMissing && ` (${roomMissing})`}`,
  () => {
    let app: App;
    const alert = (service: string) => ({ title: `${service} is down`, service, severity: 'critical' });
    const open = async () => (await app.incidents('?state=open')).map(({ service }) => service);
    beforeAll(async () => {
      app = await startApp();
    });
    afterAll(() => app.stop());

    it('[F34] refuses with 503 what it cannot keep, says why, loses nothing it accepted, and goes on when there is room', async () => {
      const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      onTestFinished(() => said.mockRestore());
      const url = app.addresses.webhooks.generic ?? '';
      expect((await post(url, alert('accepted-before'))).status).toBe(202);
      const makeRoom = leaveNoRoom();
      let refused: Response;
      try {
        expect(() => appendFileSync(join(app.system.data, 'any-file'), 'x')).toThrow('EFBIG');
        refused = await post(url, alert('refused'));
      } finally {
        makeRoom();
      }
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.text()).toContain('could not be stored. Send it again');
      expect(said.mock.calls.join('\n')).toMatch(/cannot be written: EFBIG: file too large/);
      said.mockRestore();

      expect((await post(url, alert('accepted-after'))).status).toBe(202);
      // What keeps the sender from asking a queue in vain, and a worker that failed, come again by then.
      await app.system.clock.fastForward(3 * MINUTE);
      expect(await open()).toEqual(expect.arrayContaining(['accepted-before', 'accepted-after']));
      const told = await app.mailbox('ada@example.com');
      for (const service of ['accepted-before', 'accepted-after'])
        expect(told.filter(({ subject }) => subject.includes(service)).length, service).toBeGreaterThan(0);
    }, 60_000);
  },
);
