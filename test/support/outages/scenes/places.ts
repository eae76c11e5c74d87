import { serviceNames } from '../catalogue.ts';
import { type Fires, type Scene, SceneWriter } from '../scene.ts';
import { ofPods, podOf } from './pods.ts';

/** One host fails: its own alerts, and a pod of each service that ran on it. */
function badHost(): Scene {
  const write = new SceneWriter(
    'bad host',
    'the disk of one node fails, and one pod of nine services with it',
  );
  const node = 'ip-10-1-7-31';
  const labels = { node, zone: 'eu-1a' };
  const host = ['DiskErrors', 'FilesystemReadOnly', 'KubeletDown', 'NodeNotReady', 'LoadHigh'].map(
    (name, i): Fires => ({
      ...{
        at: i * 15,
        name,
        service: 'cron-runner',
        of: node,
        labels,
        severity: 'P1_CRITICAL',
        lasts: 3_000,
      },
      title: `${name} on node ${node}`,
    }),
  );
  const pods = [
    'search',
    'media',
    'billing',
    'fraud-scoring',
    'shipping',
    'features',
    'web',
    'auth',
    'inventory',
  ];
  const evicted = pods.flatMap((service, i) =>
    ['PodEvicted', 'PodNotReady', 'ProbeFailed', 'VolumeLost', 'ImagePullFailed', 'ContainerKilled'].map(
      (name, j): Fires => ({
        ...{ at: 60 + i * 11 + j * 20, name, service, of: podOf(service, 3), labels, lasts: 1_500 },
        title: `${name}: ${podOf(service, 3)} on node ${node}`,
      }),
    ),
  );
  write.outage('node', [...host, ...evicted]);
  return write.finish();
}

/** A batch job takes the processor of two nodes; services that share them are slow and share nothing else. */
function noisyNeighbour(): Scene {
  const write = new SceneWriter('noisy neighbour', 'a batch job slows all that shares two nodes with it');
  const nodes = ['ip-10-2-4-11', 'ip-10-2-4-12'];
  const slow = ['recommendations', 'shipping', 'billing', 'support-desk', 'carts', 'users-db'];
  for (const [n, node] of nodes.entries())
    write.outage(
      node,
      slow.flatMap((service, i) =>
        Array.from(
          { length: 9 },
          (_, pod): Fires => ({
            ...{
              at: n * 40 + i * 9 + pod * 21,
              name: 'CpuThrottled',
              service,
              of: podOf(service, n * 9 + pod),
            },
            ...{ severity: 'P3_MEDIUM', lasts: 1_800, labels: { node, pod: podOf(service, n * 9 + pod) } },
            title: `CPU throttled on node ${node}`,
          }),
        ),
      ),
    );
  return write.finish();
}

/** A region is gone: everything that runs there says so at once. */
function regionLoss(): Scene {
  const write = new SceneWriter('region loss', 'all services of one region of three stop answering');
  const region = 'eu-west-1';
  const all = serviceNames.filter((service) => !['cron-runner', 'support-desk'].includes(service));
  write.outage(
    region,
    all.flatMap((service, i) =>
      ['Unreachable', 'NoMetrics', 'HealthCheckFailed', 'ReplicasMissing', 'NoTraffic', 'QueueStuck'].map(
        (name, j): Fires => ({
          ...{ at: write.chance.between(0, 240) + j * 20 + i, name, service, of: `${service}.${region}` },
          ...{ severity: 'P1_CRITICAL', labels: { region }, lasts: 5_400, source: 'cloudwatch' },
          title: `${name}: ${service} in region ${region}`,
        }),
      ),
    ),
  );
  const elsewhere = ofPods(write.chance, 4, {
    ...{
      from: 500,
      within: 900,
      service: 'fraud-scoring',
      name: 'ModelStale',
      severity: 'P4_LOW',
      lasts: 1_200,
    },
    labels: { region: 'us-east-1' },
  });
  write.noise(elsewhere.slice(0, 1));
  return write.finish();
}

/** A certificate of the edge runs out: checks from outside fail for each name it has, in each place that checks. */
function certificate(): Scene {
  const write = new SceneWriter(
    'certificate',
    'a certificate runs out: checks of eight names from eight places fail',
  );
  const names = ['www', 'api', 'm', 'img', 'pay', 'login', 'static', 'partners'];
  const places = ['fra', 'lhr', 'iad', 'sin', 'gru', 'syd', 'nrt', 'bom'];
  const labels = { issuer: 'edge-ca-7' };
  write.outage(
    'certificate',
    names.flatMap((name, i) =>
      places.map(
        (place, j): Fires => ({
          ...{
            at: i * 4 + j * 9 + write.chance.between(0, 30),
            name: 'CheckFailed',
            service: `${name}.shop.example`,
          },
          ...{
            of: place,
            labels: { ...labels, place },
            severity: 'P1_CRITICAL',
            lasts: 4_000,
            source: 'uptime-kuma',
          },
          title: `${name}.shop.example: certificate has expired (from ${place})`,
        }),
      ),
    ),
  );
  write.outage('certificate', [
    {
      at: 50,
      name: 'TlsErrors',
      service: 'gateway',
      labels,
      severity: 'P1_CRITICAL',
      lasts: 3_900,
      title: 'TLS handshakes fail',
    },
  ]);
  return write.finish();
}

/** Names are not found any more in one cluster; each service says so in nearly the same words. */
function nameService(): Scene {
  const write = new SceneWriter(
    'name service',
    'the name service of a cluster fails, and services that share nothing else say so',
  );
  const asking = [
    'fraud-scoring',
    'billing',
    'shipping',
    'features',
    'image-resizer',
    'support-desk',
    'invoicing',
  ];
  write.outage(
    'dns',
    asking.flatMap((service, i) =>
      ofPods(write.chance, 14, {
        ...{ from: i * 13, within: 120, service, name: 'DialFailed', lasts: 1_500 },
        title: `dial tcp: lookup ${service}-db.prod.svc: no such host`,
      }),
    ),
  );
  return write.finish();
}

/** Outages of a place: a host, a node, a region, a name. */
export const placeScenes = [badHost, noisyNeighbour, regionLoss, certificate, nameService];
