import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { packed, postTo } from '../../../functions/aws/sockets.ts';
import type { SocketTarget } from '../../support/contract.ts';

/** What the adapter of sockets needs from what is below the SDK's client. */
export function socketContract(start: () => Promise<SocketTarget>): void {
  let target: SocketTarget;
  beforeAll(async () => {
    target = await start();
  });
  afterAll(() => target.stop());

  describe('a frame to a connection', () => {
    it('arrives as JSON', async ({ skip }) => {
      if (target.connect === undefined) return skip('nobody is connected there');
      const { id, frames, leave } = await target.connect();
      expect(await postTo(id, packed({ text: 'ä\u{1F525}' }))).toEqual({ outcome: 'sent' });
      await vi.waitFor(() => expect(frames).toEqual(['{"text":"ä\u{1F525}"}']));
      await leave();
    });

    it('that has left, or never was, is gone', async () => {
      expect(await postTo('AAAAAAAAAAAAAAA=', packed({}))).toEqual({ outcome: 'gone' });
      if (target.connect === undefined) return;
      const { id, leave } = await target.connect();
      await leave();
      await vi.waitFor(async () => expect(await postTo(id, packed({}))).toEqual({ outcome: 'gone' }));
    });

    it('of more than 128 KB fails, and the connection stays', async ({ skip }) => {
      if (target.connect === undefined) return skip('nobody is connected there');
      const { id, leave } = await target.connect();
      expect(await postTo(id, packed('x'.repeat(128 * 1024)))).toMatchObject({ outcome: 'failed' });
      expect(await postTo(id, packed('x'))).toEqual({ outcome: 'sent' });
      await leave();
    });
  });
}
