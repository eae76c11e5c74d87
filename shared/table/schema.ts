import { entity } from './entity.ts';

// Every item, key and index of the single table: those of incidents and organisations here, others by their kind in the files at
// the end. CDK, the adapters and docs/table.md read this; no key is written elsewhere.

export const incidentHead = entity({
  about: 'What an incident is now: a fold of its control facts, at a version that only they move.',
  pk: 'O#{org}#I#{inc}',
  sk: 'HEAD',
  gsi1pk: 'O#{org}#I#{month}',
  gsi1sk: '{openedAt:15}#{inc}',
  gsi2pk: 'DUE#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{inc}',
});

export const fact = entity({
  about: 'One fact of an incident under its number. Put with attribute_not_exists; never a TTL.',
  pk: 'O#{org}#I#{inc}',
  sk: 'F#{seq:12}',
});

export const messageGuard = entity({
  about: 'A room fact that a client may send again: holds its number.',
  pk: 'O#{org}#I#{inc}',
  sk: 'M#{clientMessageId}',
  expires: true,
});

export const deliveryIntent = entity({
  about:
    'That one person is to be told by one channel about one step: planned, claimed, then sent or failed.',
  pk: 'O#{org}#I#{inc}',
  sk: 'P#{generation}#{step}#{person}#{channel}',
});

export const sequence = entity({
  about:
    'How many numbers were reserved in an incident beyond those it was opened with: two, unless it says otherwise. ADD without a condition.',
  pk: 'O#{org}#SEQ#{inc}',
  sk: 'SEQ',
});

export const correlationGuard = entity({
  about: 'The windows of one correlation key and the incident of each; the guard against opening twice.',
  pk: 'O#{org}#K#{hash}',
  sk: 'K',
});

export const openPointer = entity({
  about: 'A row of the list of open incidents. Eight partitions by service.',
  pk: 'O#{org}#OPEN#{shard}',
  sk: '{service}#{inc}',
});

export const numberCounter = entity({
  about: 'The last INC- number given out. ADD 10 by each warm worker.',
  pk: 'O#{org}',
  sk: 'NUMBER',
});

export const configurationHead = entity({
  about: 'The number of the configuration in force.',
  pk: 'O#{org}#CFG',
  sk: 'HEAD',
});

export const configurationChunk = entity({
  about: 'A part (at most 300 KB) of one version of the configuration.',
  pk: 'O#{org}#CFG',
  sk: 'V#{version:9}#{chunk:4}',
});

export const configurationVersion = entity({
  about: 'Who made one version of the configuration, when, why, and what it touched.',
  pk: 'O#{org}#CFG',
  sk: 'N#{version:9}',
});

export const organisation = entity({ about: 'An organisation and its name.', pk: 'O#{org}', sk: 'ORG' });

export const member = entity({
  about: 'A person of an organisation with a role, as listed.',
  pk: 'O#{org}#MEMBER',
  sk: '{person}',
});

export const machineKey = entity({
  about: 'A machine that may call the API, as listed; its secret is only in its door.',
  pk: 'O#{org}#KEYS',
  sk: '{key}',
});

export const idempotency = entity({
  about: 'The answer to a request with an Idempotency-Key, and the hash of its body.',
  pk: 'O#{org}#IDEM#{hash}',
  sk: 'IDEM',
  expires: true,
});

export const canaryRun = entity({
  about:
    'A run of the canary, under the organisation of its own, until all that became of its alert is removed.',
  pk: 'O#{org}#CANARY',
  sk: '{minute:9}',
});

export * from './alert-schema.ts';
export * from './door-schema.ts';
export * from './integration-schema.ts';
export * from './metrics-schema.ts';
export * from './on-call-schema.ts';
export * from './postmortem-schema.ts';
export * from './quiet-schema.ts';
export * from './room-schema.ts';
export * from './runbook-schema.ts';
export * from './status-schema.ts';
