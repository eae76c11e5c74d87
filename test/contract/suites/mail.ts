import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendMail } from '../../../functions/aws/mail.ts';
import type { MailTarget } from '../../support/contract.ts';

const to = 'success@simulator.amazonses.com';

/** What the adapter of mail needs from what is below the SDK's client. */
export function mailContract(start: () => Promise<MailTarget>): void {
  let target: MailTarget;
  beforeAll(async () => {
    target = await start();
  });
  afterAll(() => target.stop());

  describe('a mail', () => {
    it('is accepted under an id of the provider, each under another', async () => {
      const mail = { to, subject: 'One', text: 'text', html: '<p>html</p>' };
      const ids = [await sendMail(mail), await sendMail(mail)];
      expect(new Set(ids).size).toBe(2);
      for (const id of ids) expect(id).not.toBe('');
    });

    it('[F40] arrives in both forms, and a subject with line ends makes no header', async ({ skip }) => {
      const subject = 'INC-1 ä\u{1F525}\r\nBcc: eve@example.com\u2028x';
      await sendMail({ to, subject, text: 'Zeile ä\nzwei', html: '<p>ä</p>' });
      if (target.kept === undefined) return skip('the simulator shows nothing');
      const mail = (await target.kept()).at(-1);
      expect(mail?.to).toBe(to);
      expect(mail?.subject).toMatch(/^INC-1 ä\u{1F525} +Bcc: eve@example\.com +x$/u);
      expect(mail).toMatchObject({ text: 'Zeile ä\nzwei', html: '<p>ä</p>' });
      expect(mail?.from).toContain('pages@example.com');
    });

    it('to an address with control characters is not sent at all', async () => {
      await expect(
        sendMail({ to: 'a@b.example\r\nBcc: c@d.example', subject: 's', text: 't', html: 'h' }),
      ).rejects.toThrow('control characters');
    });
  });
}
