import { entity } from './entity.ts';

export const channelSettings = entity({
  about:
    'That a channel of pages is set up, since when and by whom; its settings are only in Parameter Store.',
  pk: 'O#{org}#CHANNEL',
  sk: '{channel}',
});

export const providerHealth = entity({
  about:
    'That a provider of pages failed lately, and whether it is known to be down. It only decides which channel comes first.',
  pk: 'O#{org}#PROVIDER',
  sk: '{provider}',
});

export const testLimits = entity({
  about:
    'How many test notifications somebody had in this hour, and which number of theirs is confirmed, as digests.',
  pk: 'O#{org}#TEST#{person}',
  sk: 'LIMITS',
});

export const testPage = entity({
  about: 'The last test notification of somebody by one channel, and what became of it.',
  pk: 'O#{org}#TEST#{person}',
  sk: 'P#{channel}',
});

export const scheduleOverride = entity({
  about:
    'That somebody takes over a schedule for a time, by the end of it. Kept afterwards: it says who was on call.',
  pk: 'O#{org}#OVERRIDE',
  sk: '{to:15}#{override}',
});
