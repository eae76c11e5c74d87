import { type Fires, type Scene, SceneWriter } from '../scene.ts';
import { ofPods } from './pods.ts';

/** A service that fails, and how those that need it notice. */
function symptoms(
  write: SceneWriter,
  services: readonly (readonly [service: string, from: number, pods: number])[],
  lasts: number,
): readonly Fires[] {
  return services.flatMap(([service, from, pods]) => [
    ...ofPods(write.chance, pods, {
      ...{ from, within: 150, service, name: 'HighErrorRate', severity: 'P1_CRITICAL', lasts: lasts - from },
      title: `More than 5 % of requests fail`,
    }),
    ...ofPods(write.chance, pods, {
      ...{ from: from + 30, within: 200, service, name: 'HighLatency', lasts: lasts - from },
      title: `p99 latency is above 2 s`,
    }),
  ]);
}

/** The primary of a database stops; whoever writes orders fails within minutes, and all the way up to the shop. */
function databaseCascade(): Scene {
  const write = new SceneWriter('database cascade', 'orders-db loses its primary, and all above it fail');
  const root: readonly Fires[] = [
    'PostgresDown',
    'ReplicationLag',
    'ConnectionsExhausted',
    'DiskLatency',
  ].map((name, i) => ({
    ...{ at: i * 12, name, service: 'orders-db', of: 'orders-db-0', severity: 'P1_CRITICAL', lasts: 2_400 },
    title: `${name} on orders-db-0`,
  }));
  const above = symptoms(
    write,
    [
      ['orders', 40, 18],
      ['checkout', 90, 22],
      ['gateway', 150, 16],
      ['web', 210, 20],
      ['mobile-api', 230, 14],
    ],
    2_500,
  );
  write.outage('orders-db', [...root, ...above]);
  return write.finish();
}

/** What everybody asks first is gone. */
function signInFails(): Scene {
  const write = new SceneWriter(
    'sign-in fails',
    'users-db is full; auth and everything behind the gateway fail',
  );
  write.outage('users-db', [
    { at: 0, name: 'DiskFull', service: 'users-db', of: 'users-db-1', severity: 'P1_CRITICAL', lasts: 1_800 },
    ...symptoms(
      write,
      [
        ['auth', 25, 20],
        ['gateway', 80, 16],
        ['web', 130, 18],
        ['mobile-api', 140, 16],
      ],
      1_900,
    ),
  ]);
  return write.finish();
}

/** Two services fail in the same minutes for reasons that have nothing to do with each other. */
function twoAtOnce(): Scene {
  const write = new SceneWriter('two at once', 'the warehouse and the image store fail in the same minutes');
  write.outage('warehouse', [
    { at: 0, name: 'WarehouseDown', service: 'warehouse', severity: 'P1_CRITICAL', lasts: 3_000 },
    ...symptoms(write, [['analytics', 40, 26]], 3_000),
  ]);
  write.outage('object-store', [
    { at: 20, name: 'SlowReads', service: 'object-store', severity: 'P1_CRITICAL', lasts: 2_600 },
    ...symptoms(
      write,
      [
        ['media', 60, 20],
        ['image-resizer', 70, 20],
      ],
      2_600,
    ),
  ]);
  return write.finish();
}

/** Those who read from a broker notice minutes before anybody looks at the broker itself. */
function upstreamTold(): Scene {
  const write = new SceneWriter(
    'upstream told last',
    'consumers of kafka lag before kafka itself is known to fail',
  );
  const consumers = ['shipping', 'invoicing', 'mail-sender', 'analytics', 'orders'];
  write.outage('kafka', [
    ...consumers.flatMap((service, i) =>
      ofPods(write.chance, 16, {
        ...{ from: i * 25, within: 90, service, name: 'ConsumerLag', lasts: 2_000 },
        title: `Consumer group ${service} lags behind`,
      }),
    ),
    ...[0, 1, 2].map(
      (broker): Fires => ({
        ...{
          at: 240 + broker * 10,
          name: 'UnderReplicatedPartitions',
          service: 'kafka',
          of: `kafka-${broker}`,
        },
        ...{ severity: 'P1_CRITICAL', lasts: 1_700, title: `Under-replicated partitions on kafka-${broker}` },
      }),
    ),
  ]);
  return write.finish();
}

/** A provider outside fails; at the same time somebody's laptop fills the support desk with tickets. */
function providerOutside(): Scene {
  const write = new SceneWriter(
    'provider outside',
    'the payment provider times out; the support desk is busy by chance',
  );
  write.outage('payment-provider', [
    {
      at: 0,
      name: 'ProviderTimeouts',
      service: 'payment-provider',
      severity: 'P1_CRITICAL',
      lasts: 2_200,
      source: 'datadog',
    },
    ...symptoms(
      write,
      [
        ['payments', 20, 22],
        ['checkout', 70, 22],
      ],
      2_300,
    ),
  ]);
  write.noise([
    { at: 100, name: 'TicketBacklog', service: 'support-desk', severity: 'P4_LOW', lasts: 4_000 },
  ]);
  return write.finish();
}

/** A deployment breaks one service, and who needs it; an hour later it was taken back. */
function badDeploy(): Scene {
  const write = new SceneWriter(
    'bad deployment',
    'a deployment of search breaks it, pod by pod, and the gateway notices',
  );
  write.outage('deployment of search', [
    ...ofPods(write.chance, 60, {
      ...{
        from: 0,
        within: 420,
        service: 'search',
        name: 'CrashLooping',
        severity: 'P1_CRITICAL',
        lasts: 2_700,
      },
      title: 'Container restarts again and again',
    }),
    ...ofPods(write.chance, 60, {
      ...{ from: 60, within: 420, service: 'search', name: 'HighErrorRate', lasts: 2_600 },
      title: 'More than 5 % of requests fail',
    }),
    ...symptoms(write, [['gateway', 160, 12]], 2_700),
  ]);
  write.noise([
    { at: 300, name: 'FeatureDrift', service: 'fraud-scoring', severity: 'P3_MEDIUM', lasts: 5_000 },
  ]);
  return write.finish();
}

/** Outages that spread along what services need. */
export const dependencyScenes = [
  databaseCascade,
  signInFails,
  twoAtOnce,
  upstreamTold,
  providerOutside,
  badDeploy,
];
