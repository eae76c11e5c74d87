import { literal } from '../gateway/literal.ts';
import { startInbox } from '../inbox/server.ts';
import type { ResourceKind } from '../resource.ts';

/** Names and values of the three DKIM records that a domain identity asks for. */
const dkim = [1, 2, 3].flatMap((at) => [
  [`DkimDNSTokenName${at}`, `local${at}._domainkey`],
  [`DkimDNSTokenValue${at}`, `local${at}.dkim.amazonses.com`],
]);

/** Amazon SES identities: whatever they send is read in the inbox. */
export const inbox: readonly ResourceKind[] = [
  {
    type: 'AWS::SES::EmailIdentity',
    phase: 'door',
    identity: ({ id, properties }, account) => ({
      ref: literal(properties.EmailIdentity, account, `EmailIdentity of ${id}`),
      attributes: Object.fromEntries(dkim),
    }),
    start: (resource, world) => startInbox(resource, world),
  },
];
