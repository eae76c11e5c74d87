import { createTransport } from 'nodemailer';
import type { App } from '../support/app.ts';

/** What else reaches the system from outside; each is set up as it is played first, which is not counted. */
export function otherWaysIn(app: App) {
  let address: Promise<string> | undefined;
  let heartbeat: Promise<string> | undefined;
  const made = async (path: string, body: object) => String((await app.call('POST', path, body)).body.url);
  const [rules] = app.system.all('AWS::SES::ReceiptRuleSet');
  return {
    async mail(service: string): Promise<void> {
      address ??= made('/api/integrations', { name: 'Mails', source: 'email' });
      const to = (await address).replace('mailto:', '').replace('@', `+${service}@`);
      const port = app.system.port(rules?.id ?? '');
      const text = 'Severity: critical';
      const mailer = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
      await mailer.sendMail({
        from: 'a@example.org',
        to,
        subject: `[critical] Disk of ${service} is full`,
        text,
      });
      mailer.close();
      await app.system.idle();
    },
    async beat(): Promise<void> {
      heartbeat ??= made('/api/heartbeats', { name: 'nightly', intervalMinutes: 1_440 });
      const { pathname } = new URL(await heartbeat);
      const { status } = await fetch(`${app.addresses.api}${pathname}`, { method: 'POST' });
      if (status >= 300) throw new Error(`A heartbeat was answered with ${status}`);
      await app.system.idle();
    },
  };
}
