import { entity } from './entity.ts';

// The items of alerts, of their signals and of changes.

export const alertHead = entity({
  about:
    'What an alert is now, by fingerprint, at a version of its own; among what is due while it ends by itself.',
  pk: 'O#{org}#A#{fp}',
  sk: 'HEAD',
  gsi2pk: 'DUE#A#{shard}',
  gsi2sk: '{endsAt:15}#{org}#{fp}',
});

export const pastOccurrence = entity({
  about:
    'An occurrence of an alert that ended, by its beginning; written in the transaction in which the alert fires again.',
  pk: 'O#{org}#A#{fp}',
  sk: 'OC#{startedAt:15}',
});

export const signalChunk = entity({
  about:
    'The signals of one batch, compressed, by the day and minute in which they were received and the hash of their ids. Counts are unions of these, and rules are tried on them.',
  pk: 'O#{org}#SD#{day}#{shard}',
  sk: '{minute:9}#{hash}',
  expires: true,
});

export const signalContent = entity({
  about: 'What many signals of a day say beside their states and times, by its digest; chunks name it.',
  pk: 'O#{org}#SC#{day}#{content}',
  sk: 'SC',
  expires: true,
});

export const minuteChunk = entity({
  about: 'Signals as version 0.1.0 kept them: only what is counted, by their minute.',
  pk: 'O#{org}#S#{minute}#{shard}',
  sk: '{hash}',
  expires: true,
});

export const uncountedMinute = entity({
  about:
    'That a minute has signals that are not counted yet, and from when on they may be. Gone once they are.',
  pk: 'O#{org}#S',
  sk: '{minute:9}',
  gsi2pk: 'DUE#S#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{minute}',
});

export const tinyId = entity({
  about: 'The alert that senders in the form of Opsgenie were shown under a short number.',
  pk: 'O#{org}#TINY#{tiny}',
  sk: 'TINY',
  expires: true,
});

export const parkedMessage = entity({
  about:
    'A message of accepted alerts that the queue did not take; the sweep sends it and removes the item. Never a TTL.',
  pk: 'O#{org}#PARKED#{receipt}',
  sk: 'PARKED',
  gsi2pk: 'DUE#P#{shard}',
  gsi2sk: '{parkedAt:15}#{org}#{receipt}',
});

export const change = entity({
  about: 'A deployment or another change that somebody told, by the month and moment in which it was done.',
  pk: 'O#{org}#CHANGES#{month}',
  sk: '{at:15}#{change}',
});

export const heartbeat = entity({
  about:
    'Something that must call every so often, at a version of its own; in the index while it is expected.',
  pk: 'O#{org}#HB',
  sk: '{name}',
  gsi2pk: 'DUE#H#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{name}',
});

export const hourCount = entity({
  about: 'How many signals of an alert were sent in each minute of an hour. Each number only ever grows.',
  pk: 'O#{org}#A#{fp}',
  sk: 'N#{hour:7}',
  expires: true,
});

export const openingCount = entity({
  about:
    'The alerts of an integration that opened incidents of their own in a minute; beyond a limit they go into its storm.',
  pk: 'O#{org}#STORM#{integration}',
  sk: '{minute:9}',
  expires: true,
});

export const thresholdSlot = entity({
  about:
    'The distinct alerts of one group that fired inside one slot of a rule; never more than threshold + 1, or 101 where members are counted.',
  pk: 'O#{org}#W#{rule}#{group}',
  sk: '{slot:15}',
  expires: true,
});
