import { entity } from './entity.ts';

// Doors: opened before the organisation is known, each by one adapter function. Every item names its organisation.

export const keyDoor = entity({
  about: 'Door of a secret key: integration or machine.',
  pk: 'KEY#{hash}',
  sk: 'KEY',
});

export const whoDoor = entity({
  about: 'Door of a person: the memberships of one issuer and subject, or of a verified e-mail address.',
  pk: 'WHO#{hash}',
  sk: 'O#{org}',
});

export const connectionDoor = entity({
  about: 'Door of a socket connection: whose it is and which rooms it joined.',
  pk: 'CONN#{connectionId}',
  sk: 'CONN',
  expires: true,
});

export const callerIdempotency = entity({
  about: 'The answer to a request with an Idempotency-Key of a caller who may have no organisation yet.',
  pk: 'IDEM#{hash}',
  sk: 'IDEM',
  expires: true,
});

export const ticketDoor = entity({
  about: 'Door of a single-use ticket for a socket.',
  pk: 'TICKET#{hash}',
  sk: 'TICKET',
  expires: true,
});
