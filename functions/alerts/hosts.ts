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
    'This deployment receives no mail. Set inboundDomain in settings.json to a domain for it, such as alerts.your-domain.com, and deploy, as docs/sources/email.md says; then make this integration.',
    'body.source',
  );
}
