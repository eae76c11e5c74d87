import { entity } from './entity.ts';

// The items of status pages and of those who are told of them by mail.

export const pageHead = entity({
  about: 'The version of a status page, which every change moves: the guard of its log and of its things.',
  pk: 'O#{org}#PG#{page}',
  sk: 'HEAD',
});

export const pageFact = entity({
  about: 'One fact of a status page under its number, which is the version that it made. Never a TTL.',
  pk: 'O#{org}#PG#{page}',
  sk: 'F#{seq:12}',
});

export const pageThing = entity({
  about:
    'One thing of a status page (a component, an update …) as its last fact left it: a fold of the facts.',
  pk: 'O#{org}#PG#{page}',
  sk: 'T#{kind}#{id}',
});

export const subscriber = entity({
  about: 'An address that is mailed about a status page; until it is confirmed it expires.',
  pk: 'O#{org}#SUB#{page}',
  sk: '{subscriber}',
  expires: true,
});

export const subscriptionCount = entity({
  about: 'How often somebody subscribed in an hour, by source and in all: the limit of strangers.',
  pk: 'O#{org}#SUBCOUNT#{page}',
  sk: '{name}#{hour}',
  expires: true,
});

export const subscriberMail = entity({
  about: 'That one subscriber is mailed one update: claimed before the provider is called, then marked.',
  pk: 'O#{org}#SUBMAIL#{page}#{mail}',
  sk: '{subscriber}',
  expires: true,
});

export const pageDoor = entity({
  about:
    'Door of a public status page, by its id; `root` is the one that stands at the root of the status site.',
  pk: 'PAGE#{page}',
  sk: 'PAGE',
});
