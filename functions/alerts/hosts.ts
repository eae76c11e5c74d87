import type { Source } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { setting } from '../aws/settings.ts';
import type { Hosts } from './integration-row.ts';

/** Where senders of this deployment are told to send. */
export const hosts = (): Hosts => ({
  alertsUrl: setting('alertsUrl'),
  inboundDomain: setting('inboundDomain'),
});

/** Refuses an integration for mail where none is received: its address would lead nowhere. */
export function refuseWithoutMail(source: Source, { inboundDomain }: Hosts): void {
  if (source !== 'email' || inboundDomain !== 'none') return;
  throw new Refusal(
    'conflict',
    'This system receives no mail. Set inboundDomain to a domain for it, such as alert-mail.your-domain.com, in its file of settings, and deploy it anew, or on one machine start it anew, as docs/sources/email.md says; then make this integration.',
    'body.source',
  );
}
