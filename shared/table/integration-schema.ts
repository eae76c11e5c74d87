import { entity } from './entity.ts';

// The items of integrations: what they are, what came from them, and what they sent before.

export const integration = entity({
  about: 'A source that may send alerts, as listed, at a version of its own; its key is only in its door.',
  pk: 'O#{org}#INTEGRATION',
  sk: '{integration}',
});

export const integrationActivity = entity({
  about:
    'When an integration was last heard of, about how often it was refused and why, when it was over its limit and tested. Not exact.',
  pk: 'O#{org}#SEEN',
  sk: '{integration}',
});

export const integrationHour = entity({
  about:
    'How many alerts an integration sent in each minute of an hour, by the hour. Each number only ever grows.',
  pk: 'O#{org}#SEEN#N',
  sk: '{hour:7}#{integration}',
  expires: true,
});

export const takenDelivery = entity({
  about:
    'That a delivery was taken, by the digest of what its sender calls it: holds the receipt of the first.',
  pk: 'O#{org}#TAKEN#{hash}',
  sk: 'TAKEN',
  expires: true,
});
