import { serviceNames } from '../catalogue.ts';
import { type Fires, type Scene, SceneWriter } from '../scene.ts';
import { ofPods, podOf } from './pods.ts';

/** One alert comes and goes a hundred times in ten minutes, others of its service with it. */
function flapping(): Scene {
  const write = new SceneWriter('flapping', 'a worker comes and goes a hundred times in ten minutes');
  const worker = podOf('mail-sender', 0);
  write.outage('mail-sender', [
    ...Array.from(
      { length: 100 },
      (_, i): Fires => ({
        ...{ at: i * 6, name: 'WorkerDown', service: 'mail-sender', of: worker, lasts: 3 },
        title: `Worker ${worker} does not answer`,
      }),
    ),
    ...ofPods(write.chance, 40, {
      ...{ from: 30, within: 500, service: 'mail-sender', name: 'QueueGrows', lasts: 300 },
      title: 'The queue of mails grows',
    }),
  ]);
  return write.finish();
}

/** Two outages of one service, hours apart: the second has nothing to do with the first. */
function recovery(): Scene {
  const write = new SceneWriter(
    'recovery',
    'inventory fails, is well again, and fails four hours later for another reason',
  );
  for (const [name, from] of [
    ['full disk', 0],
    ['lock', 14_400],
  ] as const)
    write.outage(name, [
      {
        ...{ at: from, name: 'DatabaseSlow', service: 'inventory-db', severity: 'P1_CRITICAL', lasts: 1_500 },
        title: `inventory-db is slow: ${name}`,
      },
      ...ofPods(write.chance, 34, {
        ...{ from: from + 30, within: 240, service: 'inventory', name: 'HighLatency', lasts: 1_500 },
        title: 'p99 latency is above 2 s',
      }),
      ...ofPods(write.chance, 22, {
        ...{ from: from + 60, within: 240, service: 'inventory', name: 'HighErrorRate', lasts: 1_400 },
        title: 'More than 5 % of requests fail',
      }),
    ]);
  return write.finish();
}

/** Every firing is sent two or three times, some of them minutes late and out of order. */
function retried(): Scene {
  const write = new SceneWriter(
    'retried',
    'the sender of catalogue has no answer and sends again, late and out of order',
  );
  const fires = ['HighErrorRate', 'HighLatency', 'PoolExhausted'].flatMap((name, i) =>
    ofPods(write.chance, 32, {
      ...{ from: i * 40, within: 200, service: 'catalogue', name, lasts: 2_000 },
      title: `${name} at the catalogue`,
    }).map((one): Fires => ({ ...one, late: write.chance.between(0, 300) })),
  );
  write.outage('catalogue', fires);
  write.again(fires, 30);
  write.again(
    fires.filter((_, i) => i % 2 === 0),
    400,
  );
  return write.finish();
}

/** An error budget is used up over hours: few alerts, far apart. */
function slowBurn(): Scene {
  const write = new SceneWriter('slow burn', 'recommendations use up their error budget over five hours');
  write.outage(
    'budget',
    Array.from(
      { length: 24 },
      (_, i): Fires => ({
        ...{ at: i * 780, name: `Burn${i % 4}`, service: 'recommendations', of: `window ${i}`, lasts: 600 },
        ...{
          severity: 'P3_MEDIUM',
          title: `The error budget burns at ${(2 + (i % 4)).toFixed(1)} times its rate`,
        },
      }),
    ),
  );
  return write.finish();
}

/** Jobs that fail now and then, for a reason of their own each, beside one true outage. */
function cronNoise(): Scene {
  const write = new SceneWriter(
    'cron noise',
    'jobs fail for reasons of their own while billing-db really fails',
  );
  write.noise(
    Array.from(
      { length: 90 },
      (_, i): Fires => ({
        ...{
          at: i * 63 + write.chance.between(0, 60),
          name: 'JobFailed',
          service: 'cron-runner',
          of: `job-${i}`,
        },
        ...{
          severity: 'P4_LOW',
          lasts: 120,
          title: `Cron job ${['report', 'cleanup', 'export', 'sync'][i % 4]}-${i} failed`,
        },
      }),
    ),
  );
  write.noise(
    Array.from(
      { length: 12 },
      (_, i): Fires => ({
        ...{
          at: i * 420,
          name: 'BackupFailed',
          service: 'cron-runner',
          of: `backup-${i}`,
          severity: 'P4_LOW',
          lasts: 300,
        },
        title: `Backup of volume ${i} failed`,
      }),
    ),
  );
  write.outage('billing-db', [
    { at: 1_800, name: 'PostgresDown', service: 'billing-db', severity: 'P1_CRITICAL', lasts: 1_800 },
    ...ofPods(write.chance, 30, {
      ...{ from: 1_830, within: 200, service: 'billing', name: 'HighErrorRate', lasts: 1_700 },
      title: 'More than 5 % of requests fail',
    }),
  ]);
  return write.finish();
}

/** A usual day: here and there something fails for some minutes, and nothing has to do with anything. */
function usualDay(): Scene {
  const write = new SceneWriter('usual day', 'a day on which here and there something fails for a while');
  const names = ['MemoryHigh', 'SlowQuery', 'PodRestarted', 'DiskFillsUp', 'CacheMisses', 'ThreadPoolBusy'];
  write.noise(
    Array.from({ length: 200 }, (_, i): Fires => {
      const service = write.chance.of(serviceNames);
      const name = write.chance.of(names);
      return {
        ...{ at: i * 430 + write.chance.between(0, 400), name, service, of: podOf(service, i) },
        ...{ severity: write.chance.of(['P3_MEDIUM', 'P4_LOW']), lasts: write.chance.between(60, 540) },
        title: `${name}: ${podOf(service, i)}`,
      };
    }),
  );
  return write.finish();
}

/** What is told by its times: coming and going, coming back, coming twice, coming slowly, and noise. */
export const timeScenes = [flapping, recovery, retried, slowBurn, cronNoise, usualDay];
