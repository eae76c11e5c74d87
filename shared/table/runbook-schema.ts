import { entity } from './entity.ts';

// The items of runbooks, of their runs and of clusters.

export const runbook = entity({
  about: 'What a runbook is now, as listed and matched; its version moves with every save.',
  pk: 'O#{org}#RUNBOOK',
  sk: '{runbook}',
});

export const runbookVersion = entity({
  about:
    'One saved version of a runbook, with author and date. Never changed: runs carry out the one they began with.',
  pk: 'O#{org}#RUNBOOK#{runbook}',
  sk: 'V#{version:9}',
});

export const runHead = entity({
  about: 'How a run stands, at the version that its facts made; in the due index while it goes on by itself.',
  pk: 'O#{org}#RUN#{run}',
  sk: 'HEAD',
  gsi1pk: 'O#{org}#RUNS#{runbook}',
  gsi1sk: '{startedAt:15}#{run}',
  gsi2pk: 'DUE#R#{shard}',
  gsi2sk: '{dueAt:15}#{org}#{run}',
  gsi3pk: 'O#{org}#RUNSOF#{inc}',
  gsi3sk: '{startedAt:15}#{run}',
});

export const runFact = entity({
  about: 'One fact of a run under its number, outputs included (2 KB). Never a TTL.',
  pk: 'O#{org}#RUN#{run}',
  sk: 'F#{seq:6}',
});

export const runningGuard = entity({
  about: 'That a runbook is being carried out for an incident: there is one run of it at a time.',
  pk: 'O#{org}#RUNNING#{runbook}',
  sk: '{inc}',
});

export const runbookTally = entity({
  about:
    'How the latest 100 runs of a runbook ended, and which began last; written with the run that moves it.',
  pk: 'O#{org}#RUNTALLY',
  sk: '{runbook}',
});

export const cluster = entity({
  about:
    'A Kubernetes cluster: where it is and what may be done there; its token is only in Parameter Store.',
  pk: 'O#{org}#CLUSTER',
  sk: '{name}',
});

export const clusterTest = entity({
  about: 'The last test of the connection to a cluster: asked, and what came of it.',
  pk: 'O#{org}#CLUSTERTEST',
  sk: '{name}',
});
